package io.farandole.events;

import static io.farandole.events.EventAttributes.CAUSATION_ID;
import static io.farandole.events.EventAttributes.CAUSED_BY_ID;
import static io.farandole.events.EventAttributes.CAUSED_BY_SOURCE;
import static io.farandole.events.EventAttributes.CONTENT_TYPE;
import static io.farandole.events.EventAttributes.CORRELATION_ID;
import static io.farandole.events.EventAttributes.ID;
import static io.farandole.events.EventAttributes.RECORDED_TIME;
import static io.farandole.events.EventAttributes.SEQUENCE;
import static io.farandole.events.EventAttributes.SOURCE;
import static io.farandole.events.EventAttributes.SPEC_VERSION;
import static io.farandole.events.EventAttributes.SUBJECT;
import static io.farandole.events.EventAttributes.TIME;
import static io.farandole.events.EventAttributes.TRACE_PARENT;
import static io.farandole.events.EventAttributes.TYPE;

import io.farandole.events.Topic.Ring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes an envelope as a message's attributes and reads it back. */
final class EnvelopeCodec {

    private static final String VERSION = "1.0";
    private static final String JSON = "application/json";
    private static final int SEQUENCE_DIGITS = 20;
    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final Map<String, String> attributes;

    private EnvelopeCodec(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    static Map<String, String> write(Envelope envelope, Topic<?> topic) {
        EnvelopeCodec codec = new EnvelopeCodec(new LinkedHashMap<>(32));
        codec.put(SPEC_VERSION, VERSION);
        codec.put(ID, envelope.id());
        codec.put(SOURCE, envelope.source());
        codec.put(TYPE, envelope.type());
        codec.put(SUBJECT, envelope.subject());
        codec.put(TIME, text(TIME, envelope.time()));
        codec.put(RECORDED_TIME, text(RECORDED_TIME, envelope.recordedTime()));
        codec.put(CORRELATION_ID, envelope.correlationId());
        codec.put(CAUSATION_ID, envelope.causationId());
        if (topic.ring() == Ring.INTERNAL) {
            codec.put(CAUSED_BY_SOURCE, envelope.causedBy().source());
            codec.put(CAUSED_BY_ID, envelope.causedBy().id());
        }
        codec.put(SEQUENCE, padded(envelope.sequence()));
        codec.put(TRACE_PARENT, envelope.traceParent());
        codec.put(CONTENT_TYPE, JSON);
        return Collections.unmodifiableMap(codec.attributes);
    }

    /** The envelope of an event whose body was read already. */
    static Envelope read(
            Map<String, String> attributes, Topic<?> topic, Event event, Instant publishTime) {
        return new EnvelopeCodec(attributes).read(topic, event, publishTime);
    }

    /** Refuses what no body could mend. */
    static void check(Map<String, String> attributes) {
        new EnvelopeCodec(attributes).check();
    }

    private void check() {
        attributes.forEach(EnvelopeCodec::check);
        if (!required(SPEC_VERSION).equals(VERSION)) {
            throw refusal(SPEC_VERSION, "is " + attributes.get(SPEC_VERSION) + ", not " + VERSION);
        }
        required(ID);
        required(SOURCE);
        required(TYPE);
        String contentType = optional(CONTENT_TYPE);
        if (contentType != null && !isJson(contentType)) {
            throw refusal(CONTENT_TYPE, "is " + contentType + ", not " + JSON);
        }
    }

    private Envelope read(Topic<?> topic, Event event, Instant publishTime) {
        String id = required(ID);
        String source = required(SOURCE);
        String type = required(TYPE);
        String expected = topic.typeOf(event);
        if (!type.equals(expected)) {
            throw refusal(TYPE, "is " + type + ", but the body is a " + expected);
        }
        String subject = topic.subjectOf(event);
        String claimed = optional(SUBJECT);
        if (claimed != null && !claimed.equals(subject)) {
            throw refusal(SUBJECT, "is " + claimed + ", but the body is about " + subject);
        }
        Instant time = instant(TIME);
        if (time == null) {
            throw refusal(TIME, "is missing");
        }
        Instant recorded = recordedTime(topic);
        return new Envelope(
                id,
                source,
                type,
                subject,
                time,
                recorded == null ? publishTime : recorded,
                optional(CORRELATION_ID),
                optional(CAUSATION_ID),
                causedBy(topic, source, id),
                sequence(),
                traceParent());
    }

    // We record a source event when it is published, whatever its producer says: a clock that is
    // judged by its owner's word is not judged.
    private @Nullable Instant recordedTime(Topic<?> topic) {
        Instant told = instant(RECORDED_TIME);
        return topic.ring() == Ring.SOURCE ? null : told;
    }

    private Cause causedBy(Topic<?> topic, String source, String id) {
        String causeSource = optional(CAUSED_BY_SOURCE);
        String causeId = optional(CAUSED_BY_ID);
        Cause itself = new Cause(source, id);
        if (causeSource == null && causeId == null) {
            return itself;
        }
        if (causeSource == null || causeId == null) {
            throw refusal(
                    causeSource == null ? CAUSED_BY_SOURCE : CAUSED_BY_ID,
                    "is missing, but its twin is there");
        }
        Cause cause = new Cause(causeSource, causeId);
        if (topic.ring() == Ring.SOURCE && !cause.equals(itself)) {
            throw refusal(
                    CAUSED_BY_ID, "names another event, but a source event goes back to itself");
        }
        return cause;
    }

    private @Nullable Long sequence() {
        String text = optional(SEQUENCE);
        if (text == null) {
            return null;
        }
        boolean digits =
                text.length() <= SEQUENCE_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException _) {
            // Twenty digits can be more than a long holds: refused below like any other text.
        }
        throw refusal(
                SEQUENCE, "is " + text + ", not a number of up to " + SEQUENCE_DIGITS + " digits");
    }

    /**
     * A trace context that is not one is ignored, as its standard asks: tracing must not break what
     * it watches.
     */
    private @Nullable String traceParent() {
        String text = optional(TRACE_PARENT);
        return text != null && TRACE.matcher(text).matches() ? text : null;
    }

    private @Nullable Instant instant(String name) {
        String text = optional(name);
        if (text == null) {
            return null;
        }
        Instant instant = Rfc3339.instant(text);
        if (instant == null) {
            throw refusal(
                    name, "is " + text + ", not an RFC 3339 instant such as 2026-11-22T12:00:00Z");
        }
        return instant;
    }

    private String required(String name) {
        String value = attributes.get(name);
        if (value == null) {
            throw refusal(name, "is missing");
        }
        if (value.isBlank()) {
            throw refusal(name, "is blank");
        }
        return value;
    }

    private @Nullable String optional(String name) {
        String value = attributes.get(name);
        if (value != null && value.isBlank()) {
            throw refusal(name, "is blank; leave it out instead");
        }
        return value;
    }

    private void put(String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        String flaw = value.isBlank() ? "is blank" : flaw(value);
        if (flaw != null) {
            throw new IllegalArgumentException("attribute " + name + " " + flaw);
        }
        attributes.put(name, value);
    }

    private static void check(String name, String value) {
        String flaw = flaw(value);
        if (flaw == null && Texts.flawOfAttribute(name) != null) {
            flaw = "has a name that " + Texts.flawOfAttribute(name);
        }
        if (flaw != null) {
            throw refusal(name, flaw);
        }
    }

    private static @Nullable String flaw(String value) {
        String flaw = Texts.flawOfAttribute(value);
        if (flaw != null) {
            return flaw;
        }
        // No character has more than three bytes a char, so that most values need no counting.
        if (value.length() * 3L > EventAttributes.MOST_BYTES) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > EventAttributes.MOST_BYTES) {
                return "has "
                        + bytes
                        + " bytes, at most "
                        + EventAttributes.MOST_BYTES
                        + " are allowed";
            }
        }
        return null;
    }

    private static Unreadable refusal(String attribute, String reason) {
        return new Unreadable("attribute " + attribute, reason);
    }

    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.equals(JSON) || type.strip().toLowerCase(Locale.ROOT).equals(JSON);
    }

    private static String text(String name, Instant instant) {
        if (!Rfc3339.canWrite(instant)) {
            throw new IllegalArgumentException(
                    "attribute " + name + " is not within the years 1 to 9999");
        }
        return instant.toString();
    }

    /** Padded so that the texts sort as the numbers do. */
    private static @Nullable String padded(@Nullable Long sequence) {
        if (sequence == null) {
            return null;
        }
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence + " is less than 0");
        }
        String digits = Long.toString(sequence);
        return "0".repeat(SEQUENCE_DIGITS - digits.length()) + digits;
    }
}
