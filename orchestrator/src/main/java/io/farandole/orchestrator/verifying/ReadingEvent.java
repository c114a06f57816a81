package io.farandole.orchestrator.verifying;

import io.farandole.pubsub.journal.JournaledMessage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads events without the codec that the processors use. */
final class ReadingEvent {

    private static final JsonMapper JSON = new JsonMapper();

    private ReadingEvent() {}

    /** Null if the message is no event. */
    static @Nullable JournaledEvent of(String topic, JournaledMessage message) {
        try {
            return read(topic, message);
        } catch (JacksonException | DateTimeParseException | NoSuchElementException _) {
            return null;
        }
    }

    private static JournaledEvent read(String topic, JournaledMessage message) {
        Map<String, String> attributes = message.attributes();
        Map.Entry<String, JsonNode> body =
                JSON.readTree(message.data()).properties().stream()
                        .filter(member -> member.getValue().isObject())
                        .findFirst()
                        .orElseThrow();
        return new JournaledEvent(
                topic,
                body.getKey(),
                body.getValue(),
                attribute(attributes, "ce-id", ""),
                new Telling(
                        Instant.parse(attribute(attributes, "ce-time", "")),
                        attribute(
                                        attributes,
                                        "ce-causedbysource",
                                        attribute(attributes, "ce-source", ""))
                                .intern(),
                        attribute(attributes, "ce-causedbyid", attribute(attributes, "ce-id", ""))),
                Instant.parse(
                        attribute(
                                attributes,
                                "ce-recordedtime",
                                attribute(attributes, "ce-time", ""))),
                message.publishTime(),
                Set.of());
    }

    private static String attribute(Map<String, String> attributes, String name, String otherwise) {
        return attributes.getOrDefault(name, otherwise);
    }
}
