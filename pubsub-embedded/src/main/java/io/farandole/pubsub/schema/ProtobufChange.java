package io.farandole.pubsub.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message may become another in a further revision. The documented rule: optional fields
 * may be added and removed, other fields may not, and no field may be edited.
 */
final class ProtobufChange {

    private final Set<String> compared = new HashSet<>();

    private ProtobufChange() {}

    static Optional<String> conflict(Descriptor earlier, Descriptor later) {
        return Optional.ofNullable(new ProtobufChange().inMessage(earlier, later));
    }

    private @Nullable String inMessage(Descriptor earlier, Descriptor later) {
        if (!compared.add(earlier.getFullName())) {
            return null;
        }
        for (FieldDescriptor was : earlier.getFields()) {
            String conflict = wasField(was, later);
            if (conflict != null) {
                return conflict;
            }
        }
        for (FieldDescriptor is : later.getFields()) {
            if (earlier.findFieldByNumber(is.getNumber()) == null
                    && earlier.findFieldByName(is.getName()) == null
                    && !isOptional(is)) {
                return "%s is added, and only optional fields may be".formatted(named(is));
            }
        }
        return null;
    }

    private @Nullable String wasField(FieldDescriptor was, Descriptor later) {
        FieldDescriptor is = later.findFieldByNumber(was.getNumber());
        FieldDescriptor sameName = later.findFieldByName(was.getName());
        if (is == null && sameName == null) {
            return isOptional(was)
                    ? null
                    : "%s is removed, and only optional fields may be".formatted(named(was));
        }
        if (is == null) {
            return "%s has the number %d instead of %d, and no field may be edited"
                    .formatted(
                            named(was),
                            Objects.requireNonNull(sameName).getNumber(),
                            was.getNumber());
        }
        if (!is.getName().equals(was.getName())) {
            return "number %d is %s instead of %s, and no field may be edited"
                    .formatted(was.getNumber(), named(is), named(was));
        }
        String before = shape(was);
        String after = shape(is);
        if (!before.equals(after)) {
            return "%s is %s instead of %s, and no field may be edited"
                    .formatted(named(was), after, before);
        }
        return switch (was.getJavaType()) {
            case MESSAGE -> inMessage(was.getMessageType(), is.getMessageType());
            case ENUM -> inEnum(was.getEnumType(), is.getEnumType());
            default -> null;
        };
    }

    /** An enum may get further values: fields of it stay as they are. */
    private static @Nullable String inEnum(EnumDescriptor earlier, EnumDescriptor later) {
        for (EnumValueDescriptor was : earlier.getValues()) {
            EnumValueDescriptor is = later.findValueByName(was.getName());
            if (is == null || is.getNumber() != was.getNumber()) {
                return "%s of the enum %s is %s, and no value may be removed or numbered anew"
                        .formatted(
                                was.getName(),
                                inTop(earlier),
                                is == null ? "removed" : "numbered " + is.getNumber());
            }
        }
        return null;
    }

    private static boolean isOptional(FieldDescriptor field) {
        return !field.isRequired() && !field.isRepeated();
    }

    /** All that makes a field what it is, in words of the language. */
    private static String shape(FieldDescriptor field) {
        StringBuilder shape = new StringBuilder();
        OneofDescriptor oneof = field.getRealContainingOneof();
        if (oneof != null) {
            shape.append("in the oneof ").append(oneof.getName()).append(' ');
        } else if (field.isRequired()) {
            shape.append("required ");
        } else if (field.isRepeated() && !field.isMapField()) {
            shape.append("repeated ");
        } else if (field.hasPresence() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            shape.append("optional ");
        }
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return shape.append("map of ")
                    .append(type(entry.findFieldByNumber(1)))
                    .append(" to ")
                    .append(type(entry.findFieldByNumber(2)))
                    .toString();
        }
        return shape.append(type(field)).toString();
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> inTop(field.getMessageType());
            case ENUM -> inTop(field.getEnumType());
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String named(FieldDescriptor field) {
        Descriptor message = field.getContainingType();
        return message.getContainingType() == null
                ? field.getName()
                : inTop(message) + "." + field.getName();
    }

    /** The name within the one top-level message, whose own name and package may change. */
    private static String inTop(GenericDescriptor type) {
        String inPackage = type.getFile().getPackage();
        String path =
                inPackage.isEmpty()
                        ? type.getFullName()
                        : type.getFullName().substring(inPackage.length() + 1);
        int dot = path.indexOf('.');
        return dot < 0 ? "the message itself" : path.substring(dot + 1);
    }
}
