package io.farandole.orchestrator.verifying;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be told of the lists without making them: everybody has one, made of all that was heard,
 * and in it nothing that the user has rated, and nothing twice.
 */
final class VerifyingLists {

    static final String STORE = "personalisation.lists";

    private final List<Discrepancy> discrepancies = new ArrayList<>();

    private VerifyingLists() {}

    /**
     * @param remembered users who are to have a list
     * @param had the rows of what they have had, by user and item
     * @param histories the rows of what was heard of each
     */
    static List<Discrepancy> verify(
            Set<String> remembered,
            Map<String, Supplier<ObjectNode>> had,
            Map<String, JsonNode> histories,
            Map<String, JsonNode> served) {
        VerifyingLists verifying = new VerifyingLists();
        for (String user : remembered) {
            JsonNode list = served.get(user);
            if (list == null) {
                verifying.note(user, "the row is missing");
            } else {
                verifying.verify(user, list, had);
                long heard = histories.getOrDefault(user, list).path("sequence").asLong(0);
                long made = list.path("sequence").asLong(0);
                if (made != heard) {
                    verifying.note(
                            user, "is made of the first %d events of %d".formatted(made, heard));
                }
            }
        }
        return verifying.discrepancies;
    }

    private void verify(String user, JsonNode list, Map<String, Supplier<ObjectNode>> had) {
        String prefix = user.replace("%", "%25").replace("|", "%7C") + "|";
        Set<String> repeated = new HashSet<>();
        for (JsonNode entry : list.path("entries")) {
            String item = entry.path("item").asString("");
            Supplier<ObjectNode> row = had.get(prefix + item);
            if (row != null && row.get().has("value")) {
                note(user, "offers " + item + ", which the user has rated");
            }
            if (!repeated.add(item)) {
                note(user, "offers " + item + " twice");
            }
        }
    }

    private void note(String user, String what) {
        discrepancies.add(new Discrepancy(STORE, user, what));
    }
}
