package io.farandole.streams.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of messages that were given to a topic's publisher.
 *
 * @param messages how many the broker has acknowledged
 * @param parents what these say their {@code traceparent} is
 * @param took from giving the first of them to the publisher to knowing what became of the last
 * @param failure the first of the keys that failed; null for none
 */
record Sent(
        String topic,
        int messages,
        List<String> parents,
        Duration took,
        @Nullable Throwable failure) {

    /** By topic. */
    static List<Sent> of(List<Departures.Arrived> arrived) {
        Map<String, Sent> byTopic = new TreeMap<>();
        arrived.forEach(one -> byTopic.merge(one.key().topic(), of(one), Sent::and));
        return List.copyOf(byTopic.values());
    }

    private static Sent of(Departures.Arrived one) {
        return new Sent(
                one.key().topic(),
                one.published().size(),
                one.parents(),
                one.took(),
                one.failure());
    }

    private Sent and(Sent other) {
        List<String> all = new ArrayList<>(parents);
        all.addAll(other.parents);
        return new Sent(
                topic,
                messages + other.messages,
                all,
                took.compareTo(other.took) >= 0 ? took : other.took,
                failure == null ? other.failure : failure);
    }
}
