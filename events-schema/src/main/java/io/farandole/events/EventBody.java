package io.farandole.events;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The body of a message: one object whose one member is named by the event's kind; this reads it,
 * knowing where it is.
 */
final class EventBody {

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(LONGEST_NUMBER)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private final Family family;
    private final JsonParser json;
    private @Nullable String kind;
    private @Nullable String field;
    private int element = -1;
    private int unknown;

    private EventBody(Family family, JsonParser json) {
        this.family = family;
        this.json = json;
    }

    /** An event that was read, and how many members were passed over. */
    record Read(Event event, int unknownFields) {}

    static byte[] write(Family family, Event event) {
        KindCodec codec = family.of(event);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeName(codec.kind().name());
            json.writeStartObject();
            codec.write(event, json);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static Read read(Family family, byte[] data) {
        for (byte b : data) {
            if (b == 0) {
                throw new Unreadable("$", "holds a NUL byte; the body must be JSON in UTF-8");
            }
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), data)) {
            return new EventBody(family, json).read();
        } catch (JacksonException e) {
            throw new Unreadable("$", "is not JSON: " + e.getOriginalMessage());
        }
    }

    private Read read() {
        try {
            return new Read(message(), unknown);
        } catch (JacksonException e) {
            goToMember();
            throw new Unreadable(place(), "is not JSON: " + e.getOriginalMessage());
        } catch (InvalidFact e) {
            throw new Unreadable(place() + "." + e.component(), e.reason());
        } catch (IllegalArgumentException e) {
            throw new Unreadable(place(), String.valueOf(e.getMessage()));
        }
    }

    private Event message() {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException(
                    first == null
                            ? "is empty"
                            : "is " + ValueCodec.name(first) + ", not an object");
        }
        Event event = null;
        String found = null;
        String stranger = null;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            checked(name);
            KindCodec codec = family.named(name);
            JsonToken token = json.nextToken();
            if (codec == null) {
                stranger = name;
                unknown++;
                skip(token);
            } else if (token != JsonToken.VALUE_NULL) {
                if (found != null) {
                    throw new IllegalArgumentException(
                            "holds two kinds, " + found + " and " + name);
                }
                found = name;
                event = event(codec, token);
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("goes on after the event");
        }
        if (event == null) {
            throw new IllegalArgumentException(
                    stranger == null
                            ? "holds no event"
                            : "holds no kind of this topic, but " + stranger);
        }
        return event;
    }

    private Event event(KindCodec codec, JsonToken token) {
        kind = codec.kind().name();
        if (token != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("is " + ValueCodec.name(token) + ", not an object");
        }
        List<Kind.Field> fields = codec.kind().fields();
        @Nullable Object[] components = new Object[fields.size()];
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            checked(name);
            int position = codec.positionOf(name);
            field = position < 0 ? null : name;
            JsonToken value = json.nextToken();
            if (position < 0) {
                unknown++;
                skip(value);
            } else if (value != JsonToken.VALUE_NULL) {
                components[position] =
                        fields.get(position).repeated()
                                ? list(codec.valueAt(position), value)
                                : codec.valueAt(position).read(json, value);
            }
            field = null;
        }
        for (int i = 0; i < components.length; i++) {
            if (components[i] == null) {
                Kind.Field absent = fields.get(i);
                if (absent.required()) {
                    field = absent.name();
                    throw new IllegalArgumentException("is missing");
                }
                components[i] = absent.repeated() ? List.of() : null;
            }
        }
        Event event = codec.construct(components);
        kind = null;
        return event;
    }

    private List<Object> list(ValueCodec values, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("is " + ValueCodec.name(token) + ", not an array");
        }
        List<Object> list = new ArrayList<>();
        element = 0;
        for (JsonToken next = json.nextToken();
                next != JsonToken.END_ARRAY;
                next = json.nextToken()) {
            list.add(values.read(json, next));
            element++;
        }
        element = -1;
        return list;
    }

    /** Passes over a value that nobody here knows; what cannot be stored is refused even there. */
    private void skip(JsonToken first) {
        int depth = 0;
        for (JsonToken token = first; ; token = json.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME, VALUE_STRING -> checked(json.getString());
                default -> {}
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private static void checked(String text) {
        String flaw = Texts.flaw(text);
        if (flaw != null) {
            throw new IllegalArgumentException(flaw);
        }
    }

    /**
     * The parser looks ahead, so that a member's value can fail before the member is known here.
     */
    private void goToMember() {
        String member = json.currentName();
        KindCodec codec = kind == null ? null : family.named(kind);
        if (field == null && member != null && codec != null && codec.positionOf(member) >= 0) {
            field = member;
        }
    }

    private String place() {
        StringBuilder place = new StringBuilder("$");
        if (kind != null) {
            place.append('.').append(kind);
        }
        if (field != null) {
            place.append('.').append(field);
        }
        if (element >= 0) {
            place.append('[').append(element).append(']');
        }
        return place.toString();
    }
}
