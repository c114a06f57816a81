package io.farandole.orchestrator.verifying;

import io.farandole.events.Identity;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.pubsub.journal.JournaledMessage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what the broker's journal still has, each event once however often it was published. */
final class ReadingJournal {

    private final Path journal;

    ReadingJournal(Path journal) {
        this.journal = journal;
    }

    /**
     * Reads the journal from its first message to its last.
     *
     * @param sources topics whose events are wanted
     * @param internal topics of which only the events' identities are
     * @param leftOut events of which nothing is to come, by topic
     * @param unreadable is told of a message that is no event, though no dead letter says so
     * @return the identities, by topic
     */
    Map<String, Set<UUID>> read(
            Set<String> sources,
            Set<String> internal,
            Map<String, Set<UUID>> leftOut,
            Consumer<JournaledEvent> consumer,
            Consumer<Discrepancy> unreadable) {
        Map<String, Set<UUID>> seen = new HashMap<>();
        sources.forEach(
                topic -> seen.put(topic, new HashSet<>(leftOut.getOrDefault(topic, Set.of()))));
        internal.forEach(topic -> seen.put(topic, new HashSet<>()));
        // Lists and impressions are the most of it, and nobody asks for them here.
        JournalReader.read(
                journal,
                topic -> seen.containsKey(plain(topic)),
                message -> reading(sources, message),
                reading -> {
                    Set<UUID> ofTopic = seen.get(reading.topic());
                    if (ofTopic != null
                            && ofTopic.add(reading.identity())
                            && sources.contains(reading.topic())) {
                        if (reading.event() == null) {
                            unreadable.accept(Discrepancy.noEvent(reading.topic(), reading.id()));
                        } else {
                            consumer.accept(reading.event());
                        }
                    }
                });
        seen.keySet().retainAll(internal);
        return seen;
    }

    /**
     * A message, read.
     *
     * @param event null if the message is none, or only its identity is wanted
     */
    private record Reading(
            String topic, UUID identity, String id, @Nullable JournaledEvent event) {}

    private static String plain(String topic) {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    private static Reading reading(Set<String> wanted, JournaledMessage message) {
        String topic = plain(message.topic());
        return new Reading(
                topic,
                Identity.of(topic, message.attributes(), message.data()),
                message.messageId(),
                wanted.contains(topic) ? ReadingEvent.of(topic, message) : null);
    }
}
