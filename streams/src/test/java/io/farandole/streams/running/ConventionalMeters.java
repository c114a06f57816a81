package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which meters there are to be, and which tags each has: dashboards and alerts name them. */
final class ConventionalMeters {

    private static final Set<String> OF_SOURCE = Set.of("processor", "generation", "topic");
    private static final Set<String> OF_GENERATION = Set.of("processor", "generation");
    private static final Set<String> OF_MESSAGING =
            Set.of(
                    "messaging.system",
                    "messaging.operation.name",
                    "messaging.operation.type",
                    "messaging.destination.name",
                    "messaging.destination.subscription.name");

    private static final Map<String, Set<String>> TAGS =
            Map.ofEntries(
                    Map.entry("farandole.processor.events", and(OF_SOURCE, "outcome")),
                    Map.entry("farandole.processor.duplicates", OF_SOURCE),
                    Map.entry("farandole.processor.late", OF_SOURCE),
                    Map.entry("farandole.processor.dropped", OF_SOURCE),
                    Map.entry("farandole.processor.batch.size", OF_SOURCE),
                    Map.entry("farandole.processor.tx.duration", OF_SOURCE),
                    Map.entry("farandole.processor.e2e.latency", OF_SOURCE),
                    Map.entry("farandole.processor.queued", OF_SOURCE),
                    Map.entry("farandole.processor.deadletter.open", OF_SOURCE),
                    Map.entry("farandole.processor.parked.keys", OF_SOURCE),
                    Map.entry("farandole.processor.watermark.lag", OF_GENERATION),
                    Map.entry("farandole.processor.inbox.age", OF_GENERATION),
                    Map.entry("farandole.subscriber.state", and(OF_SOURCE, "subscription")),
                    Map.entry("farandole.outbox.pending", Set.of()),
                    Map.entry("farandole.outbox.oldest.age", Set.of()),
                    Map.entry("farandole.outbox.stopped", Set.of()),
                    Map.entry("messaging.client.consumed.messages", OF_MESSAGING),
                    Map.entry("messaging.client.sent.messages", OF_MESSAGING),
                    Map.entry("messaging.process.duration", OF_MESSAGING),
                    Map.entry(
                            "messaging.client.operation.duration",
                            and(OF_MESSAGING, "error.type")));

    private ConventionalMeters() {}

    /**
     * Every name is there, nothing else of these families is, and all meters of a name have the
     * same tags. Of the operations of the conventions, all that a processor performs are timed.
     */
    static void areAllIn(MeterRegistry meters) {
        Map<String, Set<Set<String>>> found = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            String name = meter.getId().getName();
            // This registry shows what a timer says of percentiles as gauges beside it.
            if ((name.startsWith("farandole.") || name.startsWith("messaging."))
                    && !name.endsWith(".percentile")) {
                found.computeIfAbsent(name, _ -> new HashSet<>())
                        .add(keys(meter.getId().getTags()));
            }
        }
        Map<String, Set<Set<String>>> wanted = new TreeMap<>();
        TAGS.forEach((name, tags) -> wanted.put(name, Set.of(tags)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(wanted);
        assertThat(
                        meters.find("messaging.client.operation.duration").timers().stream()
                                .map(timer -> timer.getId().getTag("messaging.operation.type"))
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("send", "receive", "settle");
        assertThat(
                        meters.find("messaging.process.duration").timers().stream()
                                .map(timer -> timer.getId().getTag("messaging.operation.type"))
                                .collect(Collectors.toSet()))
                .containsExactly("process");
    }

    private static Set<String> keys(Collection<Tag> tags) {
        return tags.stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> and(Set<String> some, String one) {
        Set<String> all = new TreeSet<>(some);
        all.add(one);
        return all;
    }
}
