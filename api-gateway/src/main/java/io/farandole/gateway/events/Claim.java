package io.farandole.gateway.events;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a request claims to be an event.
 *
 * @param index which of the request's events, from 0
 * @param attributes CloudEvents' attributes by their names, those that mean something here
 */
record Claim(int index, Place place, Map<String, String> attributes, JsonNode data)
        implements Incoming {

    Refused refused(String where, String reason) {
        return new Refused(index, attributes.get("id"), attributes.get("source"), where, reason);
    }
}
