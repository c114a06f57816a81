package io.farandole.gateway.events;

import io.farandole.events.Event;
import io.farandole.events.Kind;
import io.farandole.events.Topic;
import io.farandole.events.Topic.Ring;
import io.farandole.events.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The topics that producers may publish to, by the types of what is said there. */
final class OpenTopics {

    private static final List<Topic<?>> ALL =
            TopicCatalogue.all().stream().filter(topic -> topic.ring() == Ring.SOURCE).toList();

    private static final Map<String, Said<?>> BY_TYPE = byType();

    private OpenTopics() {}

    /** A kind of event, and where it is said. */
    record Said<E extends Event>(Topic<E> topic, Kind kind) {}

    static List<Topic<?>> all() {
        return ALL;
    }

    static @Nullable Said<?> byType(String type) {
        return BY_TYPE.get(type);
    }

    /** Why this type is none of ours, and which would be. */
    static String refusalOf(String type) {
        for (Topic<?> topic : ALL) {
            if (type.startsWith("io.farandole." + topic.name() + ".")) {
                return "is "
                        + Quote.of(type)
                        + ", which is not said on "
                        + topic
                        + "; allowed there: "
                        + topic.kinds().stream()
                                .map(topic::typeOf)
                                .collect(Collectors.joining(", "));
            }
        }
        return "is "
                + Quote.of(type)
                + ", which producers do not say; allowed are io.farandole.<topic>.<kind>.v1 with one of"
                + " the topics "
                + ALL.stream().map(Topic::name).collect(Collectors.joining(", "));
    }

    private static Map<String, Said<?>> byType() {
        Map<String, Said<?>> types = new HashMap<>();
        for (Topic<?> topic : ALL) {
            topic.kinds().forEach(kind -> types.put(topic.typeOf(kind), new Said<>(topic, kind)));
        }
        return Map.copyOf(types);
    }
}
