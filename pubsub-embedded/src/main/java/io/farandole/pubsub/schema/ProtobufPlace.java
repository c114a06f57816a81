package io.farandole.pubsub.schema;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a document Protobuf's JSON reader stopped, which it does not say: the reader is
 * asked again with ever smaller parts.
 */
final class ProtobufPlace {

    private static final JsonFormat.Parser JSON = JsonFormat.parser();

    private ProtobufPlace() {}

    static MismatchException in(
            String json, Descriptor message, InvalidProtocolBufferException thrown) {
        try {
            JsonElement document = JsonParser.parseString(json);
            return find("$", document, message, AvroDefinition.said(thrown));
        } catch (RuntimeException | StackOverflowError e) {
            // what Gson cannot take apart is refused all the same, without a place
            return new MismatchException(AvroDefinition.said(thrown));
        }
    }

    private static MismatchException find(
            String place, JsonElement value, Descriptor message, String reason) {
        if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                String wrong = wrong(message, member.getKey(), member.getValue());
                if (wrong != null) {
                    return inMember(place, message, member, wrong);
                }
            }
        }
        return new MismatchException(place, reason);
    }

    private static MismatchException inMember(
            String place,
            Descriptor message,
            Map.Entry<String, JsonElement> member,
            String reason) {
        String here = place + "." + member.getKey();
        FieldDescriptor field = field(message, member.getKey());
        if (field == null) {
            return new MismatchException(here, reason);
        }
        JsonElement value = member.getValue();
        if (field.isMapField()) {
            return value instanceof JsonObject entries
                    ? inEntries(here, message, member.getKey(), entries, reason)
                    : new MismatchException(here, reason);
        }
        if (field.isRepeated()) {
            return value instanceof JsonArray elements
                    ? inElements(here, message, field, member.getKey(), elements, reason)
                    : new MismatchException(here, reason);
        }
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? find(here, value, field.getMessageType(), reason)
                : new MismatchException(here, reason);
    }

    private static MismatchException inElements(
            String place,
            Descriptor message,
            FieldDescriptor field,
            String name,
            JsonArray elements,
            String reason) {
        for (int i = 0; i < elements.size(); i++) {
            JsonArray one = new JsonArray();
            one.add(elements.get(i));
            String wrong = wrong(message, name, one);
            if (wrong != null) {
                String here = place + "[" + i + "]";
                return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        ? find(here, elements.get(i), field.getMessageType(), wrong)
                        : new MismatchException(here, wrong);
            }
        }
        return new MismatchException(place, reason);
    }

    private static MismatchException inEntries(
            String place, Descriptor message, String name, JsonObject entries, String reason) {
        for (Map.Entry<String, JsonElement> entry : entries.entrySet()) {
            JsonObject one = new JsonObject();
            one.add(entry.getKey(), entry.getValue());
            String wrong = wrong(message, name, one);
            if (wrong != null) {
                return new MismatchException(place + "." + entry.getKey(), wrong);
            }
        }
        return new MismatchException(place, reason);
    }

    /** What the reader says of a message with this member alone; null when it takes it. */
    private static @Nullable String wrong(Descriptor message, String name, JsonElement value) {
        JsonObject alone = new JsonObject();
        alone.add(name, value);
        try {
            JSON.merge(alone.toString(), DynamicMessage.newBuilder(message));
            return null;
        } catch (InvalidProtocolBufferException e) {
            return AvroDefinition.said(e);
        }
    }

    private static @Nullable FieldDescriptor field(Descriptor message, String name) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getJsonName().equals(name) || field.getName().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
