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
    private List<Archived> portion = new ArrayList<>(PORTION);
    private CompletableFuture<List<Reading>> decoding =
            CompletableFuture.completedFuture(List.of());
    private long events;
    private final WithholdingErased erased = new WithholdingErased();
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
            Consumer<JournaledEvent> given,
            Consumer<JournaledEvent> withheld,
            Consumer<Discrepancy> discrepancies)
            throws IOException {
        Consumers consumers = new Consumers(given, withheld, discrepancies);
        archive.read(
                topics,
                message -> add(new Archived(message, false), consumers),
                message -> add(new Archived(message, true), consumers));
        decode(consumers);
        decode(consumers);
        erased.finish().forEach(discrepancies);
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

    private void add(Archived one, Consumers consumers) {
        portion.add(one);
        if (portion.size() == PORTION) {
            decode(consumers);
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

    /** Who is told of what. */
    private record Consumers(
            Consumer<JournaledEvent> given,
            Consumer<JournaledEvent> withheld,
            Consumer<Discrepancy> discrepancies) {}

    private record Archived(JournaledMessage message, boolean withheld) {}

    /**
     * A message, read.
     *
     * @param event null if the message is none
     */
    private record Reading(Archived archived, UUID id, @Nullable JournaledEvent event) {
        static Reading of(Archived archived) {
            JournaledMessage message = archived.message();
            return new Reading(
                    archived,
                    Identity.of(message.topic(), message.attributes(), message.data()),
                    ReadingEvent.of(message.topic(), message));
        }
    }

    /** Has what was read decoded while reading goes on, and consumes the portion before. */
    private void decode(Consumers consumers) {
        List<Reading> before = decoding.join();
        List<Archived> read = portion;
        portion = new ArrayList<>(PORTION);
        decoding =
                CompletableFuture.supplyAsync(
                        () -> read.parallelStream().map(Reading::of).toList());
        before.forEach(reading -> consume(reading, consumers));
    }

    private void consume(Reading reading, Consumers consumers) {
        JournaledMessage message = reading.archived().message();
        String topic = message.topic();
        missing.getOrDefault(topic, new HashSet<>()).remove(reading.id());
        if (!seen.computeIfAbsent(topic, _ -> new HashSet<>()).add(reading.id())) {
            consumers
                    .discrepancies()
                    .accept(
                            new Discrepancy(
                                    topic, "event " + reading.id(), "is in the archive twice"));
        } else if (!leftOut.getOrDefault(topic, Set.of()).contains(reading.id())) {
            boolean isWithheld = reading.archived().withheld();
            withheld += isWithheld ? 1 : 0;
            events += isWithheld ? 0 : 1;
            if (reading.event() == null) {
                consumers.discrepancies().accept(Discrepancy.noEvent(topic, message.messageId()));
            } else {
                JournaledEvent event = reading.event().putAsideBy(whoPutAside(topic, reading.id()));
                if (isWithheld) {
                    erased.withheld(message.orderingKey(), event);
                    consumers.withheld().accept(event);
                } else {
                    erased.given(message.orderingKey(), event);
                    consumers.given().accept(event);
                }
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
