package io.farandole.events.contract;

import io.farandole.events.Topic;
import io.farandole.events.contract.ContractMessage.ContractField;
import io.farandole.events.contract.ContractMessage.Presence;
import io.farandole.events.contract.FieldLock.LockedField;
import java.util.ArrayList;
import java.util.List;

/**
 * A topic's contract as a {@code .proto} file that Pub/Sub takes as a schema: one message, nothing
 * imported.
 */
final class ProtoFile {

    private static final String INDENT = "  ";

    private final FieldLock lock;
    private final StringBuilder text = new StringBuilder();

    private ProtoFile(FieldLock lock) {
        this.lock = lock;
    }

    static String of(Topic<?> topic, FieldLock lock) {
        return new ProtoFile(lock).write(topic, ContractMessage.of(topic));
    }

    private String write(Topic<?> topic, List<ContractMessage> messages) {
        ContractMessage whole = messages.getFirst();
        line(
                0,
                "// The events of the topic "
                        + topic.name()
                        + ", generated from the records of "
                        + topic.family().getSimpleName()
                        + ": do not edit.");
        line(
                0,
                "// A message is JSON with exactly one of the members of "
                        + whole.name()
                        + "; what is marked required must be there too.");
        line(0, "");
        line(0, "syntax = \"proto3\";");
        line(0, "");
        line(0, "message " + whole.name() + " {");
        fields(1, whole);
        for (ContractMessage kind : messages.subList(1, messages.size())) {
            line(0, "");
            line(1, "message " + kind.name().substring(whole.name().length() + 1) + " {");
            fields(2, kind);
            line(1, "}");
        }
        line(0, "}");
        return text.toString();
    }

    private void fields(int depth, ContractMessage message) {
        for (LockedField locked : lock.of(message.name())) {
            if (locked.removed()) {
                line(depth, "reserved " + locked.number() + ";");
                line(depth, "reserved \"" + locked.name() + "\";");
            } else {
                message.fields().stream()
                        .filter(field -> field.name().equals(locked.name()))
                        .forEach(field -> line(depth, declaration(locked.number(), field)));
            }
        }
    }

    private static String declaration(int number, ContractField field) {
        String label = field.presence() == Presence.REPEATED ? "repeated" : "optional";
        String declaration = label + " " + field.type() + " " + field.name() + " = " + number + ";";
        List<String> notes = new ArrayList<>();
        if (field.presence() == Presence.REQUIRED) {
            notes.add("required");
        }
        if (!field.note().isEmpty()) {
            notes.add(field.note());
        }
        return notes.isEmpty() ? declaration : declaration + " // " + String.join("; ", notes);
    }

    private void line(int depth, String content) {
        text.append(INDENT.repeat(content.isEmpty() ? 0 : depth)).append(content).append('\n');
    }
}
