package io.farandole.orchestrator.verifying;

import io.farandole.events.Identity;
import io.farandole.pubsub.journal.JournaledMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archived events, each of which is to be there once, and looks for all that the broker's
 * journal has of the same topics.
 */
final class ReadingArchive {

    /** So many are decoded at a time, by all processors. */
    private static final int PORTION = 2_000;

    private final ArchivedMessages archive;
    private final Map<String, Set<UUID>> leftOut;
    private final Map<String, Map<String, Set<UUID>>> putAside;
    private final Map<String, Set<UUID>> missing;
    private final Map<String, Set<UUID>> seen = new HashMap<>();
    private List<JournaledMessage> portion = new ArrayList<>(PORTION);
    private CompletableFuture<List<Reading>> decoding =
            CompletableFuture.completedFuture(List.of());
    private long events;
    private long withheld;

    /**
     * @param leftOut events of which nothing is to come, by topic
     * @param putAside what each processor has among its dead letters, by processor and topic
     * @param journaled what the journal has, by topic: what is found is taken out
     */
    ReadingArchive(
            ArchivedMessages archive,
            Map<String, Set<UUID>> leftOut,
            Map<String, Map<String, Set<UUID>>> putAside,
            Map<String, Set<UUID>> journaled) {
        this.archive = archive;
        this.leftOut = leftOut;
        this.putAside = putAside;
        this.missing = journaled;
    }

    void read(
            Set<String> topics,
            Consumer<JournaledEvent> consumer,
            Consumer<Discrepancy> discrepancies)
            throws IOException {
        withheld =
                archive.read(
                        topics,
                        message -> {
                            portion.add(message);
                            if (portion.size() == PORTION) {
                                decode(consumer, discrepancies);
                            }
                        });
        decode(consumer, discrepancies);
        decode(consumer, discrepancies);
        // Nobody tells which ones are withheld: only that there are not more missing than those.
        long lacking = missing.values().stream().mapToLong(Set::size).sum();
        if (lacking > withheld) {
            missing.forEach(
                    (topic, ids) ->
                            ids.stream()
                                    .sorted()
                                    .forEach(
                                            id ->
                                                    discrepancies.accept(
                                                            new Discrepancy(
                                                                    topic,
                                                                    "event " + id,
                                                                    "is in the journal, but not in"
                                                                            + " the archive"))));
        }
    }

    /** How many it gave. */
    long events() {
        return events;
    }

    /** How many it has, and gives to nobody. */
    long withheld() {
        return withheld;
    }

    /**
     * A message, read.
     *
     * @param event null if the message is none
     */
    private record Reading(JournaledMessage message, UUID id, @Nullable JournaledEvent event) {
        static Reading of(JournaledMessage message) {
            return new Reading(
                    message,
                    Identity.of(message.topic(), message.attributes(), message.data()),
                    ReadingEvent.of(message.topic(), message));
        }
    }

    /** Has what was read decoded while reading goes on, and consumes the portion before. */
    private void decode(Consumer<JournaledEvent> consumer, Consumer<Discrepancy> discrepancies) {
        List<Reading> before = decoding.join();
        List<JournaledMessage> read = portion;
        portion = new ArrayList<>(PORTION);
        decoding =
                CompletableFuture.supplyAsync(
                        () -> read.parallelStream().map(Reading::of).toList());
        before.forEach(reading -> consume(reading, consumer, discrepancies));
    }

    private void consume(
            Reading reading,
            Consumer<JournaledEvent> consumer,
            Consumer<Discrepancy> discrepancies) {
        String topic = reading.message().topic();
        missing.getOrDefault(topic, new HashSet<>()).remove(reading.id());
        if (!seen.computeIfAbsent(topic, _ -> new HashSet<>()).add(reading.id())) {
            discrepancies.accept(
                    new Discrepancy(topic, "event " + reading.id(), "is in the archive twice"));
        } else if (!leftOut.getOrDefault(topic, Set.of()).contains(reading.id())) {
            events++;
            if (reading.event() == null) {
                discrepancies.accept(Discrepancy.noEvent(topic, reading.message().messageId()));
            } else {
                consumer.accept(reading.event().putAsideBy(whoPutAside(topic, reading.id())));
            }
        }
    }

    private Set<String> whoPutAside(String topic, UUID id) {
        Set<String> processors = Set.of();
        for (Map.Entry<String, Map<String, Set<UUID>>> one : putAside.entrySet()) {
            if (one.getValue().getOrDefault(topic, Set.of()).contains(id)) {
                processors = new HashSet<>(processors);
                processors.add(one.getKey());
            }
        }
        return processors;
    }
}
