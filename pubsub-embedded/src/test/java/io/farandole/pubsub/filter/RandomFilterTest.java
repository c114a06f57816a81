package io.farandole.pubsub.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.pubsub.filter.Expression.And;
import io.farandole.pubsub.filter.Expression.Equal;
import io.farandole.pubsub.filter.Expression.Has;
import io.farandole.pubsub.filter.Expression.HasPrefix;
import io.farandole.pubsub.filter.Expression.Not;
import io.farandole.pubsub.filter.Expression.NotEqual;
import io.farandole.pubsub.filter.Expression.Or;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Filters made at random: printed and read back, written in many ways, and torn apart. */
class RandomFilterTest {

    private static final List<String> KEYS =
            List.of("a", "-b", "AND", "c_1", "iana.org/tag", "", "みんな", "q\"\\'\n\u0001\u0085😀");
    private static final List<String> VALUES =
            List.of("", "x", "xy", "X", "\"", "\\", "é", "line\r\n\t\f\b\u0007\u000b", "😀😀");

    @Test
    void readsBackWhatItPrints() {
        rounds(
                2_000,
                random -> {
                    Expression expression = expression(random, 4);
                    Expression read = new Parser(expression.toString()).filter();
                    assertThat(read).as(expression.toString()).isEqualTo(expression);
                });
    }

    @Test
    void meansTheSameHoweverItIsWritten() {
        rounds(
                2_000,
                random -> {
                    Expression expression = expression(random, 4);
                    String written = written(expression, random);
                    Expression read = new Parser(written).filter();
                    for (int i = 0; i < 20; i++) {
                        Map<String, String> attributes = attributes(random);
                        assertThat(read.matches(attributes))
                                .as("%s on %s", written, attributes)
                                .isEqualTo(means(expression, attributes));
                    }
                });
    }

    @Test
    void refusesGarbageAndNothingElse() {
        List<String> pieces =
                List.of(
                        "attributes",
                        ".",
                        ":",
                        "a",
                        "=",
                        "!=",
                        "\"x\"",
                        "\"",
                        "\\",
                        "AND",
                        "OR",
                        "NOT",
                        "-",
                        "(",
                        ")",
                        "hasPrefix",
                        ",",
                        " ",
                        "and",
                        "'",
                        "\\u12",
                        "é",
                        "\uD800",
                        "\u0000",
                        "0");
        int[] read = new int[1];
        rounds(
                10_000,
                random -> {
                    String garbage =
                            random.nextBoolean()
                                    ? Stream.generate(() -> pick(pieces, random))
                                            .limit(random.nextInt(12))
                                            .collect(Collectors.joining())
                                    : torn(written(expression(random, 2), random), random);
                    try {
                        Expression whole = new Parser(garbage).filter();
                        assertThat(new Parser(whole.toString()).filter()).isEqualTo(whole);
                        read[0]++;
                    } catch (InvalidFilterException refusal) {
                        assertThat(refusal.position()).isBetween(0, garbage.length());
                    }
                });
        assertThat(read[0]).as("some of it happens to be a filter").isPositive();
    }

    private static void rounds(int count, Consumer<RandomGenerator> round) {
        for (int i = 0; i < count; i++) {
            long seed = RandomGenerator.getDefault().nextLong();
            try {
                round.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    private static Expression expression(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> new Has(pick(KEYS, random));
            case 1 -> new Equal(pick(KEYS, random), pick(VALUES, random));
            case 2 -> new NotEqual(pick(KEYS, random), pick(VALUES, random));
            case 3 -> new HasPrefix(pick(KEYS, random), pick(VALUES, random));
            case 4 -> new Not(expression(random, depth - 1));
            case 5 -> new And(some(random, depth - 1));
            default -> new Or(some(random, depth - 1));
        };
    }

    private static List<Expression> some(RandomGenerator random, int depth) {
        return Stream.generate(() -> expression(random, depth))
                .limit(2 + random.nextInt(3))
                .toList();
    }

    private static Map<String, String> attributes(RandomGenerator random) {
        Map<String, String> attributes = new HashMap<>();
        KEYS.stream()
                .filter(_ -> random.nextBoolean())
                .forEach(key -> attributes.put(key, pick(VALUES, random)));
        return attributes;
    }

    /** The meaning, told apart from the code under test. */
    private static boolean means(Expression expression, Map<String, String> attributes) {
        return switch (expression) {
            case Has(var key) -> attributes.keySet().stream().anyMatch(key::equals);
            case Equal(var key, var value) ->
                    attributes.entrySet().stream().anyMatch(Map.entry(key, value)::equals);
            case NotEqual(var key, var value) ->
                    attributes.entrySet().stream().noneMatch(Map.entry(key, value)::equals);
            case HasPrefix(var key, var prefix) ->
                    attributes.entrySet().stream()
                            .anyMatch(
                                    one ->
                                            one.getKey().equals(key)
                                                    && one.getValue().indexOf(prefix) == 0);
            case Not(var negated) -> !means(negated, attributes);
            case And(var all) -> all.stream().allMatch(one -> means(one, attributes));
            case Or(var any) -> any.stream().anyMatch(one -> means(one, attributes));
        };
    }

    /** With spaces, parentheses, quotation marks and escapes as people use them. */
    private static String written(Expression expression, RandomGenerator random) {
        String text =
                switch (expression) {
                    case Has(var key) -> "attributes:" + key(key, random);
                    case Equal(var key, var value) -> compared(key, "=", value, random);
                    case NotEqual(var key, var value) -> compared(key, "!=", value, random);
                    case HasPrefix(var key, var prefix) ->
                            "hasPrefix%s(attributes.%s%s,%s%s)"
                                    .formatted(
                                            space(random),
                                            key(key, random),
                                            space(random),
                                            space(random),
                                            literal(prefix, random));
                    case Not(var negated) ->
                            (random.nextBoolean() ? "NOT " : "-")
                                    + "("
                                    + written(negated, random)
                                    + ")";
                    case And(var all) -> joined(all, " AND ", random);
                    case Or(var any) -> joined(any, "\nOR ", random);
                };
        return random.nextInt(4) == 0 ? "( " + text + ")" : text;
    }

    private static String joined(List<Expression> all, String operator, RandomGenerator random) {
        return all.stream()
                .map(one -> "(" + written(one, random) + ")")
                .collect(Collectors.joining(operator));
    }

    private static String compared(String key, String by, String value, RandomGenerator random) {
        return "attributes."
                + key(key, random)
                + space(random)
                + by
                + space(random)
                + literal(value, random);
    }

    private static String space(RandomGenerator random) {
        return pick(List.of("", "", " ", "\t", " \n"), random);
    }

    private static String key(String key, RandomGenerator random) {
        return random.nextBoolean() ? Literal.key(key) : literal(key, random);
    }

    private static String literal(String value, RandomGenerator random) {
        StringBuilder literal = new StringBuilder("\"");
        value.codePoints()
                .forEach(
                        one -> {
                            switch (random.nextInt(5)) {
                                case 0 -> literal.append("\\U%08X".formatted(one));
                                case 1 -> {
                                    for (char half : Character.toChars(one)) {
                                        literal.append("\\u%04x".formatted((int) half));
                                    }
                                }
                                case 2 ->
                                        literal.append(
                                                one < 256
                                                        ? "\\%03o".formatted(one)
                                                        : Character.toString(one));
                                case 3 ->
                                        literal.append(
                                                one < 256
                                                        ? "\\x%02X".formatted(one)
                                                        : Character.toString(one));
                                default ->
                                        literal.append(
                                                one == '"' || one == '\\'
                                                        ? "\\" + (char) one
                                                        : Character.toString(one));
                            }
                        });
        return literal.append('"').toString();
    }

    private static String torn(String text, RandomGenerator random) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(Math.min(4, text.length() - from + 1));
        String instead =
                random.nextBoolean() ? "" : Character.toString((char) random.nextInt(1, 256));
        return text.substring(0, from) + instead + text.substring(to);
    }

    private static <T> T pick(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }
}
