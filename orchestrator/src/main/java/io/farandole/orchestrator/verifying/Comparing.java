package io.farandole.orchestrator.verifying;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the rows of a store against what they should say, member by member. */
final class Comparing {

    private Comparing() {}

    /**
     * @param now when the rows had been read
     */
    static List<Discrepancy> compare(
            String store, ExpectedRows.Rows expected, Map<String, JsonNode> found, Instant now) {
        List<Discrepancy> discrepancies =
                new ArrayList<>(
                        expected.byKey().entrySet().parallelStream()
                                .flatMap(
                                        row ->
                                                compare(
                                                        store,
                                                        row.getKey(),
                                                        row.getValue(),
                                                        expected,
                                                        found.get(row.getKey()),
                                                        now))
                                .sorted(Comparator.comparing(Discrepancy::key))
                                .toList());
        for (String key : new TreeSet<>(found.keySet())) {
            if (!expected.byKey().containsKey(key)) {
                discrepancies.add(
                        expected.passing()
                                .longGone(key, now)
                                .map(since -> overstays(store, key, since))
                                .orElseGet(
                                        () ->
                                                new Discrepancy(
                                                        store,
                                                        key,
                                                        "the row is there, but no event says so")));
            }
        }
        return discrepancies;
    }

    private static Stream<Discrepancy> compare(
            String store,
            String key,
            Supplier<ObjectNode> says,
            ExpectedRows.Rows expected,
            @Nullable JsonNode row,
            Instant now) {
        if (row == null) {
            return expected.passing().mayBeGone(key, now)
                    ? Stream.empty()
                    : Stream.of(new Discrepancy(store, key, "the row is missing"));
        }
        Optional<Instant> goneSince = expected.passing().longGone(key, now);
        if (goneSince.isPresent()) {
            return Stream.of(overstays(store, key, goneSince.get()));
        }
        return compare("", says.get(), expected.compared().apply(row)).stream()
                .map(what -> new Discrepancy(store, key, what));
    }

    private static Discrepancy overstays(String store, String key, Instant since) {
        return new Discrepancy(store, key, "should be gone since " + since);
    }

    /** What differs, in words; absent and null are the same. */
    static List<String> compare(String path, JsonNode should, JsonNode is) {
        if (should.isObject() && is.isObject()) {
            List<String> all = new ArrayList<>();
            for (String name : names(should, is)) {
                all.addAll(
                        compare(
                                path.isEmpty() ? name : path + "." + name,
                                should.path(name),
                                is.path(name)));
            }
            return all;
        }
        if (should.isArray() && is.isArray() && should.size() == is.size()) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < should.size(); i++) {
                all.addAll(compare(path + "[" + i + "]", should.path(i), is.path(i)));
            }
            return all;
        }
        return same(should, is)
                ? List.of()
                : List.of(path + " is " + said(is) + ", the events say " + said(should));
    }

    private static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        return names;
    }

    // 4, 4.0 and 4.00 are one number, whoever wrote it.
    private static boolean same(JsonNode should, JsonNode is) {
        if (isAbsent(should) || isAbsent(is)) {
            return isAbsent(should) && isAbsent(is);
        }
        if (isNumber(should) && isNumber(is)) {
            return number(should).compareTo(number(is)) == 0;
        }
        return should.equals(is) || isSameMoment(should, is);
    }

    // Written with more digits or fewer.
    private static boolean isSameMoment(JsonNode should, JsonNode is) {
        if (!should.isString() || !is.isString()) {
            return false;
        }
        try {
            return Instant.parse(should.stringValue()).equals(Instant.parse(is.stringValue()));
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isNumber(JsonNode node) {
        return node.isNumber();
    }

    private static BigDecimal number(JsonNode node) {
        return isNumber(node) ? node.decimalValue() : BigDecimal.ZERO;
    }

    private static String said(JsonNode node) {
        if (isAbsent(node)) {
            return "nothing";
        }
        return node.isString() ? node.stringValue() : node.toString();
    }
}
