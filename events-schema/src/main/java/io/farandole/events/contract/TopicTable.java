package io.farandole.events.contract;

import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventAttributes;
import io.farandole.events.EventCodec;
import io.farandole.events.Kind;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of topics in the README files, between two comments that mark its place. */
final class TopicTable {

    private static final String BEGIN = "<!-- topics -->";
    private static final String END = "<!-- /topics -->";

    private TopicTable() {}

    /** The page with its table brought up to date; a page without the marks stays as it is. */
    static String in(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            return page;
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + table() + page.substring(end);
    }

    static String table() {
        return """
                | topic | ring | kinds | ordering key | kept | written by | read by |
                |---|---|---|---|---|---|---|
                """
                + TopicCatalogue.all().stream().map(TopicTable::row).collect(Collectors.joining());
    }

    private static String row(Topic<?> topic) {
        return "| "
                + String.join(
                        " | ",
                        "`" + topic.name() + "`",
                        topic.ring().name().toLowerCase(Locale.ROOT),
                        topic.kinds().stream().map(Kind::name).collect(Collectors.joining(", ")),
                        subjects(topic) + (topic.sequenced() ? ", numbered" : ""),
                        topic.retention().toDays() + " days",
                        list(topic.writers()),
                        list(topic.readers()))
                + " |\n";
    }

    /** Mostly one; some topics are about things of several kinds. */
    private static String subjects(Topic<?> topic) {
        return topic.kinds().stream()
                .map(kind -> "`" + subject(topic, kind) + "`")
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    /**
     * The subject of an event whose every text is its own name in brackets: {@code user:<user>}.
     */
    private static String subject(Topic<?> topic, Kind kind) {
        String members =
                kind.fields().stream()
                        .filter(Kind.Field::required)
                        .map(field -> "\"" + field.name() + "\":" + placeholder(field))
                        .collect(Collectors.joining(","));
        Map<String, String> attributes =
                Map.of(
                        EventAttributes.SPEC_VERSION, "1.0",
                        EventAttributes.ID, "1",
                        EventAttributes.SOURCE, "table",
                        EventAttributes.TYPE, topic.typeOf(kind),
                        EventAttributes.TIME, Instant.EPOCH.toString());
        byte[] body =
                ("{\"" + kind.name() + "\":{" + members + "}}").getBytes(StandardCharsets.UTF_8);
        return switch (new EventCodec().decode(topic, attributes, body, Instant.EPOCH)) {
            case Understood<?>(var message, var _) -> message.envelope().subject();
            case Refused<?>(var reason, var place) ->
                    throw new IllegalStateException(
                            "no example of " + kind.name() + ": " + place + " " + reason);
        };
    }

    private static String placeholder(Kind.Field field) {
        return switch (field.form()) {
            case TEXT -> "\"<" + field.name() + ">\"";
            case INTEGER, REAL -> "1";
            case FLAG -> "true";
            case DATE -> "\"1970-01-01\"";
            case INSTANT -> "\"1970-01-01T00:00:00Z\"";
        };
    }
}
