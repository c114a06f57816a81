package io.farandole.local.asking;

import tools.jackson.databind.JsonNode;

/** What came back: a status and a JSON body. */
public record Answer(int status, JsonNode body) {

    public boolean isOk() {
        return status == 200;
    }
}
