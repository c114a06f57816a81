package io.farandole.orchestrator.verifying;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Holds the rows of a store against what they should say. */
final class Comparing {

    private Comparing() {}

    static List<Discrepancy> compare(
            String store, ExpectedRows.Rows expected, Map<String, JsonNode> found) {
        List<Discrepancy> discrepancies = new ArrayList<>();
        expected.byKey()
                .forEach(
                        (key, says) -> {
                            JsonNode row = found.get(key);
                            if (row == null) {
                                discrepancies.add(
                                        new Discrepancy(store, key, "the row is missing"));
                            } else {
                                expected.fields()
                                        .forEach(
                                                field ->
                                                        compare(
                                                                new Discrepancy(store, key, field),
                                                                says.getOrDefault(field, ""),
                                                                row.path(field).asString(""),
                                                                discrepancies));
                            }
                        });
        for (String key : new TreeSet<>(found.keySet())) {
            if (!expected.byKey().containsKey(key)) {
                discrepancies.add(
                        new Discrepancy(store, key, "the row is there, but no event says so"));
            }
        }
        return discrepancies;
    }

    /** By how much the numbers of all rows differ, taken together. */
    static long distance(ExpectedRows.Rows expected, Map<String, JsonNode> found) {
        Set<String> keys = new HashSet<>(expected.byKey().keySet());
        keys.addAll(found.keySet());
        BigDecimal sum = BigDecimal.ZERO;
        for (String key : keys) {
            Map<String, String> says = expected.byKey().getOrDefault(key, Map.of());
            JsonNode row = found.getOrDefault(key, MissingNode.getInstance());
            for (String field : expected.fields()) {
                BigDecimal difference =
                        number(says.getOrDefault(field, ""))
                                .subtract(number(row.path(field).asString("")));
                sum = sum.add(difference.abs());
            }
        }
        return sum.longValue();
    }

    private static void compare(
            Discrepancy place, String expected, String found, List<Discrepancy> discrepancies) {
        if (!same(expected, found)) {
            discrepancies.add(
                    new Discrepancy(
                            place.store(),
                            place.key(),
                            place.what()
                                    + " is "
                                    + said(found)
                                    + ", the events say "
                                    + said(expected)));
        }
    }

    private static String said(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    // 4, 4.0 and 4.00 are one number, whoever wrote it, and a count of nothing is 0.
    private static boolean same(String expected, String found) {
        if (expected.equals(found)) {
            return true;
        }
        try {
            return number(expected).compareTo(number(found)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static BigDecimal number(String value) {
        return value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value);
    }
}
