package io.farandole.processors.archive;

import io.farandole.events.EventAttributes;
import io.farandole.events.EventId;
import io.farandole.events.Identity;
import io.farandole.events.Topic;
import io.farandole.streams.Delivery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as it was said: whole, not decoded; it may be no event at all.
 *
 * @param position grows from one row to the next; 0 of what is not kept yet
 * @param publishTime to the microsecond
 * @param attributes sorted by name, without those that clients add on the way
 */
// Rows are handed on, never compared: wrapping the bytes would only copy them.
@SuppressWarnings("ArrayRecordComponent")
public record Raw(
        long position,
        String topic,
        String key,
        Instant publishTime,
        Map<String, String> attributes,
        byte[] payload) {

    /** What clients and servers add, differently each time. */
    private static final String TRANSPORT_PREFIX = "googclient_";

    private static final int UUID_LENGTH = 36;
    private static final int DATED_VERSION = 7;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter WRITER = JSON.writer();
    private static final ObjectReader READER =
            JSON.readerFor(new TypeReference<LinkedHashMap<String, String>>() {});

    /** What came, not kept yet. */
    public static Raw of(Topic<?> topic, Delivery delivery) {
        Map<String, String> attributes = new TreeMap<>();
        delivery.attributes()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(TRANSPORT_PREFIX)) {
                                attributes.put(name, value);
                            }
                        });
        return new Raw(
                0,
                topic.name(),
                delivery.orderingKey(),
                delivery.publishTime().truncatedTo(ChronoUnit.MICROS),
                Collections.unmodifiableMap(attributes),
                delivery.data());
    }

    /** As it is kept. */
    public static Raw kept(
            long position,
            String topic,
            String key,
            Instant publishTime,
            String attributesJson,
            byte[] payload) {
        // They were sorted when they were written.
        Map<String, String> attributes = READER.readValue(attributesJson);
        return new Raw(
                position,
                topic,
                key,
                publishTime,
                Collections.unmodifiableMap(attributes),
                payload);
    }

    public Raw at(long newPosition) {
        return new Raw(newPosition, topic, key, publishTime, attributes, payload);
    }

    /** As a processor would hear it. */
    public Delivery delivery() {
        return new Delivery("archive-" + position, key, attributes, payload, publishTime);
    }

    /** By what two deliveries are known to be the same event. */
    public UUID identity() {
        return Identity.of(topic, attributes, payload);
    }

    /** The time in front of an id of ours, which repeats do not change; else the epoch. */
    public Instant made() {
        String id = id();
        if (id.length() != UUID_LENGTH) {
            return Instant.EPOCH;
        }
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.version() == DATED_VERSION ? EventId.timeOf(uuid) : Instant.EPOCH;
        } catch (IllegalArgumentException _) {
            return Instant.EPOCH;
        }
    }

    public String id() {
        return attribute(EventAttributes.ID);
    }

    public String source() {
        return attribute(EventAttributes.SOURCE);
    }

    /** Null if it has none that is a number. */
    public @Nullable Long sequence() {
        try {
            String digits = attributes.get(EventAttributes.SEQUENCE);
            return digits == null ? null : Long.valueOf(digits);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /** Null if it has none that can be read. */
    public @Nullable Instant eventTime() {
        try {
            String text = attributes.get(EventAttributes.TIME);
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** In one form: sorted by name. */
    public String attributesJson() {
        return WRITER.writeValueAsString(attributes);
    }

    private String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }
}
