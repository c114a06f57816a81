package io.farandole.gateway.items;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why an item is there.
 *
 * @param sentence for people
 * @param parts for programs: what the score was made of, as whoever made the list says it
 */
@Schema(description = "Why the item is there: a sentence for people, the parts for programs.")
public record Why(
        @Schema(example = "Because you liked Heat (1995) and Casino (1995).") String sentence,
        @Schema(
                        implementation = Object.class,
                        example =
                                "{\"because\": [\"movie-6\", \"movie-16\"], \"categories\": [\"Crime\"], \"popularity\": 43}")
                JsonNode parts) {

    /**
     * Of an item on a user's own list: the titles of what the user liked and that spoke for it; if
     * there are none, the categories that did, and its rank in popularity.
     */
    public static Why ofList(List<String> because, JsonNode parts) {
        return because.isEmpty()
                ? ofTaste(parts)
                : new Why("Because you liked " + enumerated(because) + ".", parts);
    }

    /** Of an item that is similar to another. */
    public static Why ofSimilarity(String item, String title) {
        return new Why(
                "Those who liked " + title + " liked it too.",
                JsonNodeFactory.instance.objectNode().put("similarTo", item));
    }

    private static Why ofTaste(JsonNode parts) {
        List<String> liked = ItemRow.names(parts.path("categories"));
        int rank = parts.path("popularity").asInt(0);
        String ranked = "no. " + rank + " of what everyone likes.";
        String sentence;
        if (liked.isEmpty()) {
            sentence = rank > 0 ? "N" + ranked.substring(1) : "It may be new to you.";
        } else {
            sentence = "You like " + enumerated(liked) + (rank > 0 ? "; " + ranked : ".");
        }
        return new Why(sentence, parts);
    }

    /** Of an item that everyone likes. */
    public static Why ofPopularity(long positive, long ratings) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        parts.put("positive", positive).put("ratings", ratings);
        String sentence =
                positive == 1
                        ? "One user liked it."
                        : String.format(Locale.ROOT, "%,d users liked it.", positive);
        return new Why("Popular now: " + sentence, parts);
    }

    /** Of an item that everyone liked when that could be read last. */
    public static Why ofMemory() {
        return new Why(
                "It was popular when that could be read last.",
                JsonNodeFactory.instance.objectNode());
    }

    /** Of an item that a scenario has put there. */
    public static Why ofScenario(String scenario, boolean isPinned) {
        return new Why(
                isPinned ? "It is shown to everybody here." : "It is new, and tried here.",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("scenario", scenario)
                        .put("by", isPinned ? "pin" : "trial"));
    }

    private static String enumerated(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
