package io.farandole.local.asking;

import io.farandole.local.console.Table;
import tools.jackson.databind.JsonNode;

/** The API's answer for people. */
public record ListTable(JsonNode answer) {

    public String headline() {
        JsonNode params = answer.path("params");
        String headline = "User " + answer.path("user").asString("") + ", by " + origin(params);
        String cause = params.path("causedBy").path("id").asString("");
        return cause.isEmpty()
                ? headline
                : headline
                        + ", as of "
                        + params.path("causedBy").path("source").asString("")
                        + " "
                        + cause;
    }

    public Table table() {
        Table table = new Table("#", "item", "title", "score", "why");
        int rank = 0;
        for (JsonNode entry : answer.path("recommendations")) {
            table.row(
                    ++rank,
                    entry.path("item").asString(""),
                    entry.path("title").asString(""),
                    entry.path("score").asDouble(0),
                    entry.path("why").path("sentence").asString(""));
        }
        return table;
    }

    // Also where there is a model, for who did nothing yet that it has learnt from.
    private static String inRelease(JsonNode params) {
        String release = params.path("release").asString("taste");
        return release.equals("taste") ? "" : ", release " + release;
    }

    private static String origin(JsonNode params) {
        return switch (params.path("origin").asString("")) {
            case "model" -> "model, release " + params.path("release").asString("");
            case "taste" -> "own taste" + inRelease(params);
            case "popular" -> "what is popular (no list of their own)";
            default -> "nothing known yet";
        };
    }
}
