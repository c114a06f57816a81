package io.farandole.events.contract;

import io.farandole.events.Decoded.Refused;
import io.farandole.events.Decoded.Understood;
import io.farandole.events.EventAttributes;
import io.farandole.events.EventCodec;
import io.farandole.events.Kind;
import io.farandole.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a topic's events are ordered by, with members in brackets: {@code user:<user>}. */
public final class OrderingKey {

    private OrderingKey() {}

    /** Mostly one; some topics are about things of several kinds. */
    public static List<String> allOf(Topic<?> topic) {
        return topic.kinds().stream().map(kind -> of(topic, kind)).distinct().toList();
    }

    /** The subject of an event of this kind whose every text is its own name in brackets. */
    public static String of(Topic<?> topic, Kind kind) {
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
