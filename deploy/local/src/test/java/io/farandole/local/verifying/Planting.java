package io.farandole.local.verifying;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Faults in one store's rows, each taken out again. */
final class Planting {

    private final FoldedFacts facts;
    private final String store;
    private final Map<String, JsonNode> rows;
    int members;

    Planting(FoldedFacts facts, String store, Map<String, JsonNode> rows) {
        this.facts = facts;
        this.store = store;
        this.rows = rows;
    }

    boolean findsAMissingRow() throws IOException {
        String key = rows.keySet().stream().filter(this::isCompared).findFirst().orElseThrow();
        JsonNode row = requireNonNull(rows.remove(key));
        boolean found = !VerifyingTest.verify(facts).holds();
        rows.put(key, row);
        return found;
    }

    boolean findsARowTooMany() throws IOException {
        rows.put("planted", rows.values().iterator().next());
        boolean found = !VerifyingTest.verify(facts).holds();
        rows.remove("planted");
        return found;
    }

    /** Of the row that says most: each member, or what is in it, changed. */
    List<String> membersThatPassUnseen() throws IOException {
        Map.Entry<String, JsonNode> most =
                rows.entrySet().stream()
                        .filter(one -> isCompared(one.getKey()))
                        .max(Comparator.comparingInt(one -> one.getValue().toString().length()))
                        .orElseThrow();
        String key = most.getKey();
        JsonNode row = most.getValue();
        List<String> unseen = new ArrayList<>();
        for (String place : places("", row)) {
            if (store.equals("personalisation.histories")
                    && place.equals("/sequence")
                    && row.has("erased")) {
                continue;
            }
            members++;
            JsonNode wrong = row.deepCopy();
            change(wrong, place);
            rows.put(key, wrong);
            if (VerifyingTest.verify(facts).holds()) {
                unseen.add(place);
            }
        }
        rows.put(key, row);
        return unseen;
    }

    /** What erased users were shown is not always. */
    private boolean isCompared(String key) {
        return !VerifyingTest.isOfErased(store, key, facts);
    }

    private static List<String> places(String path, JsonNode node) {
        List<String> places = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(
                            member ->
                                    places.addAll(
                                            places(
                                                    path + "/" + member.getKey(),
                                                    member.getValue())));
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            for (int i = 0; i < Math.min(array.size(), 3); i++) {
                places.addAll(places(path + "/" + i, array.get(i)));
            }
        } else if (node.isNumber() || node.isString() || node.isBoolean()) {
            places.add(path);
        }
        return places;
    }

    private static void change(JsonNode row, String place) {
        int slash = place.lastIndexOf('/');
        JsonNode parent = row.at(place.substring(0, slash));
        String name = place.substring(slash + 1);
        JsonNode wrong = wrong(row.at(place));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), wrong);
        } else {
            ((ObjectNode) parent).set(name, wrong);
        }
    }

    private static JsonNode wrong(JsonNode right) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (right.isNumber()) {
            return nodes.numberNode(right.decimalValue().add(BigDecimal.ONE));
        }
        return right.isBoolean()
                ? BooleanNode.valueOf(!right.booleanValue())
                : nodes.stringNode(right.stringValue() + "x");
    }
}
