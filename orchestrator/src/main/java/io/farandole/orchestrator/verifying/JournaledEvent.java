package io.farandole.orchestrator.verifying;

import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * An event as it stands in the journal or the archive, read without the codec that the processors
 * use.
 *
 * @param ownId its {@code ce-id}
 * @param told when it happened, and the source event that it goes back to
 * @param recorded when the platform first recorded what it goes back to
 * @param published when this event was
 * @param putAsideBy the processors in whose dead letters it is: it is not in their rows
 */
record JournaledEvent(
        String topic,
        String kind,
        JsonNode body,
        String ownId,
        Telling told,
        Instant recorded,
        Instant published,
        Set<String> putAsideBy) {

    String text(String field) {
        return body.path(field).asString("");
    }

    boolean isAppliedBy(String processor) {
        return !putAsideBy.contains(processor);
    }

    JournaledEvent putAsideBy(Set<String> processors) {
        return processors.isEmpty()
                ? this
                : new JournaledEvent(
                        topic, kind, body, ownId, told, recorded, published, processors);
    }

    /** All but what it says: to be remembered for little. */
    JournaledEvent bare() {
        return new JournaledEvent(
                topic,
                kind,
                MissingNode.getInstance(),
                ownId,
                told,
                recorded,
                published,
                putAsideBy);
    }
}
