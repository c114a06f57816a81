package io.farandole.orchestrator.verifying;

import io.farandole.events.Identity;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.pubsub.journal.JournaledMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives the events of the journal one by one, each once however often it was published. */
final class ReadingJournal {

    private final JsonMapper json = new JsonMapper();
    private final Path journal;

    ReadingJournal(Path journal) {
        this.journal = journal;
    }

    /**
     * Reads the journal from its first message to its last.
     *
     * @param leftOut events of which nothing is to come, by topic
     * @param unreadable is told of a message that is no event, though no dead letter says so
     */
    void forEach(
            Set<String> topics,
            Map<String, Set<UUID>> leftOut,
            Consumer<JournaledEvent> consumer,
            Consumer<Discrepancy> unreadable) {
        Map<String, Set<UUID>> seen = new HashMap<>();
        topics.forEach(
                topic -> seen.put(topic, new HashSet<>(leftOut.getOrDefault(topic, Set.of()))));
        JournalReader.read(
                journal,
                message -> reading(topics, message),
                reading -> {
                    Set<UUID> ofTopic = seen.get(reading.topic());
                    if (ofTopic != null && ofTopic.add(reading.identity())) {
                        if (reading.event() == null) {
                            unreadable.accept(reading.unreadable());
                        } else {
                            consumer.accept(reading.event());
                        }
                    }
                });
    }

    /**
     * A message, read.
     *
     * @param event null if the message is none
     */
    private record Reading(
            String topic, UUID identity, String messageId, @Nullable JournaledEvent event) {
        Discrepancy unreadable() {
            return new Discrepancy(
                    topic, "message " + messageId, "is no event, but no dead letter says so");
        }
    }

    private Reading reading(Set<String> topics, JournaledMessage message) {
        String topic = message.topic().substring(message.topic().lastIndexOf('/') + 1);
        return new Reading(
                topic,
                Identity.of(topic, message.attributes(), message.data()),
                message.messageId(),
                topics.contains(topic) ? event(topic, message) : null);
    }

    private @Nullable JournaledEvent event(String topic, JournaledMessage message) {
        try {
            return read(topic, message);
        } catch (JacksonException | DateTimeParseException | NoSuchElementException _) {
            return null;
        }
    }

    private JournaledEvent read(String topic, JournaledMessage message) {
        Map<String, String> attributes = message.attributes();
        Map.Entry<String, JsonNode> body =
                json.readTree(message.data()).properties().stream()
                        .filter(member -> member.getValue().isObject())
                        .findFirst()
                        .orElseThrow();
        return new JournaledEvent(
                topic,
                body.getKey(),
                body.getValue(),
                Instant.parse(attribute(attributes, "ce-time", "")),
                attribute(attributes, "ce-causedbysource", attribute(attributes, "ce-source", "")),
                attribute(attributes, "ce-causedbyid", attribute(attributes, "ce-id", "")));
    }

    private static String attribute(Map<String, String> attributes, String name, String otherwise) {
        return attributes.getOrDefault(name, otherwise);
    }
}
