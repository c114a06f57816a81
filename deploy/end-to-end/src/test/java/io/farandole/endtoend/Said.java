package io.farandole.endtoend;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a command said, and its exit code. */
record Said(int exitCode, String out, String err) {

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
