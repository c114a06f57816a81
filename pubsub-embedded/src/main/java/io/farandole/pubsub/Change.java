package io.farandole.pubsub;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an update makes of a definition. */
sealed interface Change<T extends Message> {

    record Changed<T extends Message>(T definition) implements Change<T> {}

    record Refused<T extends Message>(Status refusal) implements Change<T> {}

    /**
     * Takes the fields that the mask names, if they all can be changed; {@code a.b} names the field
     * b of the message a.
     */
    static <T extends Message> Change<T> of(
            T present, T wanted, FieldMask mask, Set<String> changeable) {
        if (mask.getPathsCount() == 0) {
            return refused("update_mask names no field.");
        }
        Message.Builder changed = present.toBuilder();
        for (String path : mask.getPathsList()) {
            List<String> steps = List.of(path.split("\\.", -1));
            if (!changeable.contains(steps.getFirst()) || !copied(wanted, changed, steps)) {
                return refused(
                        "\"%s\" cannot be changed here; %s can."
                                .formatted(path, new TreeSet<>(changeable)));
            }
        }
        @SuppressWarnings("unchecked") // the builder of a T builds a T
        T definition = (T) changed.build();
        return new Changed<>(definition);
    }

    /** Whether there is such a field. */
    private static boolean copied(Message wanted, Message.Builder changed, List<String> steps) {
        @Nullable FieldDescriptor field =
                changed.getDescriptorForType().findFieldByName(steps.getFirst());
        if (field == null) {
            return false;
        }
        if (steps.size() == 1) {
            copy(wanted, changed, field);
            return true;
        }
        if (field.isRepeated() || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return false;
        }
        return copied(
                (Message) wanted.getField(field),
                changed.getFieldBuilder(field),
                steps.subList(1, steps.size()));
    }

    private static void copy(Message wanted, Message.Builder changed, FieldDescriptor field) {
        if (field.isRepeated() || wanted.hasField(field) || !field.hasPresence()) {
            changed.setField(field, wanted.getField(field));
        } else {
            changed.clearField(field);
        }
    }

    private static <T extends Message> Change<T> refused(String sentence) {
        return new Refused<>(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
