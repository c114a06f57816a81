package io.farandole.gateway.recommendations;

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
record Why(
        @Schema(example = "You like Adventure and Animation; no. 12 of what everyone likes.")
                String sentence,
        @Schema(
                        implementation = Object.class,
                        example =
                                "{\"categories\": [\"Adventure\", \"Animation\"], \"popularity\": 12}")
                JsonNode parts) {

    /**
     * Of an item on a user's own list: the categories that spoke for it, and its rank in
     * popularity.
     */
    static Why ofTaste(JsonNode parts) {
        List<String> liked =
                parts.path("categories")
                        .valueStream()
                        .map(category -> category.asString(""))
                        .filter(name -> !name.isBlank())
                        .toList();
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
    static Why ofPopularity(long positive, long ratings) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        parts.put("positive", positive).put("ratings", ratings);
        String sentence =
                positive == 1
                        ? "One user liked it."
                        : String.format(Locale.ROOT, "%,d users liked it.", positive);
        return new Why("Popular now: " + sentence, parts);
    }

    private static String enumerated(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
