package io.farandole.pubsub;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.Set;
import java.util.TreeSet;

/** What an update makes of a definition. */
sealed interface Change<T extends Message> {

    record Changed<T extends Message>(T definition) implements Change<T> {}

    record Refused<T extends Message>(Status refusal) implements Change<T> {}

    /** Takes the fields that the mask names, if they all can be changed. */
    static <T extends Message> Change<T> of(
            T present, T wanted, FieldMask mask, Set<String> changeable) {
        if (mask.getPathsCount() == 0) {
            return refused("update_mask names no field.");
        }
        Message.Builder changed = present.toBuilder();
        for (String path : mask.getPathsList()) {
            FieldDescriptor field = present.getDescriptorForType().findFieldByName(path);
            if (field == null || !changeable.contains(path)) {
                return refused(
                        "\"%s\" cannot be changed here; %s can."
                                .formatted(path, new TreeSet<>(changeable)));
            }
            if (field.isRepeated() || wanted.hasField(field) || !field.hasPresence()) {
                changed.setField(field, wanted.getField(field));
            } else {
                changed.clearField(field);
            }
        }
        @SuppressWarnings("unchecked") // the builder of a T builds a T
        T definition = (T) changed.build();
        return new Changed<>(definition);
    }

    private static <T extends Message> Change<T> refused(String sentence) {
        return new Refused<>(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
