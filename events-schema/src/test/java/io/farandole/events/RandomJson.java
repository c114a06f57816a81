package io.farandole.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Bodies of messages, mostly right and wrong in every way that somebody has thought of. */
final class RandomJson {

    private static final List<String> TEXTS =
            lines(
                    """
            "42"
            "a"
            "b"
            "movie-1"
            "1"
            "true"
            "Drame à l’ancienne"
            "<b>&'=\\"\\\\\\/\\u00e9"
            "2026-11-22"
            """);
    private static final List<String> ODD_TEXTS =
            lines(
                    """
            "\\ud83d\\udc83💃"
            "\\b\\f\\n\\r\\t"
            """);
    private static final List<String> INTEGERS =
            lines(
                    """
            1
            2
            80
            2147483647
            1.0
            2.50e1
            "3"
            "4.0"
            10e-1
            """);
    private static final List<String> REALS =
            lines(
                    """
            0.5
            1
            3.5
            4.0
            5
            "2.5"
            45e-1
            "5e0"
            0.50000000000000000001
            """);
    private static final List<String> INSTANTS =
            lines(
                    """
            "2026-11-22T09:30:00Z"
            "2026-11-22T09:30:00.123456789Z"
            "2026-11-22T09:30:00.5+05:30"
            """);
    private static final List<String> DATES =
            lines(
                    """
            "2008-02-29"
            "0001-01-01"
            "9999-12-31"
            """);

    /** What stands where something else should; nothing at all too. */
    private static final List<String> ODDITIES =
            lines(
                    """
            null
            true
            false
            0
            -0
            0.0
            -1
            1.5
            2147483648
            -2147483649
            1e2
            1e400
            -1e400
            1e-400
            999999999999999999999999999999
            ""
            " "
            "true"
            "+1"
            ".5"
            "5."
            " 1"
            "0x1"
            "1e400"
            "1e999999999"
            "NaN"
            "Infinity"
            "-Infinity"
            "2026-02-30"
            "2026-11-22T25:00:00Z"
            "yesterday"
            "\\u0000"
            "\\ud83d"
            "x\\udc83"
            "x%s"
            []
            [1]
            ["a"]
            ["a",null]
            ["a",["b"]]
            [null]
            {}
            {"a":[1,{"b":null}]}
            NaN
            Infinity
            01
            1.
            .5
            +1
            'a'
            tru
            "\\x"
            "tab\tinside"

            """
                            .formatted("x".repeat(500)));

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    /** A body for the topic; about every other one is what it should be. */
    String body(Topic<?> topic) {
        Kind kind = pick(topic.kinds());
        String event = member(kind.name(), event(kind));
        String body =
                switch (random.nextInt(40)) {
                    case 0 -> "{}";
                    case 1 -> pick(ODDITIES);
                    case 2 -> "{" + event + "," + anotherKind(topic) + "}";
                    case 3 -> "{" + anotherKind(topic) + "," + event + "}";
                    case 4 -> "{" + event + "," + event + "}";
                    case 5 -> "{" + event + "," + member("unheardOf", pick(ODDITIES)) + "}";
                    case 6 -> "{" + member("unheardOf", "{}") + "}";
                    case 7 -> "{" + member(kind.name(), pick(ODDITIES)) + "}";
                    case 8 -> "{" + event + "}" + pick(List.of("x", "{}", "]", " \n", "1"));
                    case 9 -> " \t\r\n{ " + event.replace(":", " : ") + "\n}";
                    default -> "{" + event + "}";
                };
        return random.nextInt(25) == 0
                ? body.substring(0, random.nextInt(body.length() + 1))
                : body;
    }

    private String anotherKind(Topic<?> topic) {
        Kind kind = pick(topic.kinds());
        return member(kind.name(), random.nextBoolean() ? "null" : event(kind));
    }

    private String event(Kind kind) {
        List<String> members = new ArrayList<>();
        for (Kind.Field field : kind.fields()) {
            if (field.required() || random.nextInt(4) != 0) {
                members.add(member(field.name(), value(field)));
            }
        }
        switch (random.nextInt(8)) {
            case 0 -> members.set(0, member(kind.fields().getFirst().name(), pick(ODDITIES)));
            case 1 -> {
                Kind.Field field = pick(kind.fields());
                members.removeIf(member -> member.startsWith("\"" + field.name() + "\""));
                members.add(member(field.name(), pick(ODDITIES)));
            }
            case 2 -> members.remove(random.nextInt(members.size()));
            case 3 ->
                    members.add(
                            random.nextInt(members.size() + 1),
                            member("unheardOf", pick(ODDITIES)));
            case 4 -> {
                Kind.Field field = pick(kind.fields());
                members.add(member(field.name(), value(field)));
            }
            default -> {}
        }
        return "{" + String.join(",", members) + "}";
    }

    private String value(Kind.Field field) {
        if (!field.repeated()) {
            return value(field.form());
        }
        return random.ints(random.nextInt(4), 0, 10)
                .mapToObj(n -> value(field.form()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String value(Kind.Form form) {
        return pick(
                switch (form) {
                    case TEXT -> random.nextInt(15) == 0 ? ODD_TEXTS : TEXTS;
                    case INTEGER -> INTEGERS;
                    case REAL -> REALS;
                    case FLAG -> List.of("true", "false");
                    case DATE -> DATES;
                    case INSTANT -> INSTANTS;
                });
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String member(String name, String value) {
        return "\"" + name + "\":" + value;
    }

    private static List<String> lines(String block) {
        return block.lines().toList();
    }
}
