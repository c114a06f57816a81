package io.farandole.orchestrator.provisioning;

import com.google.pubsub.v1.Schema;
import com.squareup.wire.schema.Field.Label;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A topic's contract, read from the text of its {@code .proto}: of every field what {@code
 * fields.lock} has. The parser is the embedded broker's; a descriptor would not do, for what is
 * required stands in the text as a comment.
 *
 * @param messages by name, {@code Impressions} and {@code Impressions.PlaylistServed}
 */
record ContractText(Map<String, Told> messages) {

    private static final String REQUIRED = "required";

    /**
     * What the text tells of a message.
     *
     * @param reserved numbers and names of fields that were taken out
     */
    record Told(List<Field> fields, Set<Object> reserved) {

        Optional<Field> find(Field other) {
            return fields.stream()
                    .filter(field -> field.number() == other.number())
                    .findFirst()
                    .or(
                            () ->
                                    fields.stream()
                                            .filter(field -> field.name().equals(other.name()))
                                            .findFirst());
        }

        boolean reserves(Field field) {
            return reserved.contains(field.number()) && reserved.contains(field.name());
        }
    }

    /** A field, as a line of the lock. */
    record Field(int number, String name, String type, String presence) {

        boolean isRequired() {
            return presence.equals(REQUIRED);
        }

        String line() {
            return String.join(" ", Integer.toString(number), name, type, presence);
        }
    }

    /** Nothing, if this is no text that a contract can have. */
    static Optional<ContractText> of(Schema schema) {
        return schema.getType() == Schema.Type.PROTOCOL_BUFFER
                ? of(schema.getDefinition())
                : Optional.empty();
    }

    static Optional<ContractText> of(String definition) {
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get("contract.proto"), definition);
        } catch (RuntimeException e) {
            // what the parser throws is of no common type
            return Optional.empty();
        }
        Map<String, Told> messages = new LinkedHashMap<>();
        boolean plain =
                file.getExtendDeclarations().isEmpty()
                        && file.getTypes().size() == 1
                        && file.getTypes().stream().allMatch(type -> read("", type, messages));
        return plain ? Optional.of(new ContractText(messages)) : Optional.empty();
    }

    /** Whether it has nothing but what contracts are made of. */
    private static boolean read(String within, TypeElement type, Map<String, Told> messages) {
        if (!(type instanceof MessageElement message)) {
            return false;
        }
        String name = within + message.getName();
        Set<Object> reserved = new HashSet<>();
        message.getReserveds().forEach(some -> reserved.addAll(some.getValues()));
        messages.put(
                name,
                new Told(message.getFields().stream().map(ContractText::field).toList(), reserved));
        return message.getOneOfs().isEmpty()
                && message.getGroups().isEmpty()
                && message.getExtensions().isEmpty()
                && message.getExtendDeclarations().isEmpty()
                && message.getFields().stream().allMatch(ContractText::isPlain)
                && message.getNestedTypes().stream()
                        .allMatch(nested -> read(name + ".", nested, messages));
    }

    private static boolean isPlain(FieldElement field) {
        return (field.getLabel() == Label.OPTIONAL || field.getLabel() == Label.REPEATED)
                && field.getJsonName() == null
                && field.getDefaultValue() == null;
    }

    private static Field field(FieldElement field) {
        String presence =
                field.getLabel() == Label.REPEATED
                        ? "repeated"
                        : isRequired(field) ? REQUIRED : "optional";
        return new Field(field.getTag(), field.getName(), field.getType(), presence);
    }

    /** The comment is {@code required}, or begins so: {@code required; a date, 2026-11-22}. */
    private static boolean isRequired(FieldElement field) {
        String comment = field.getDocumentation().strip();
        return comment.equals(REQUIRED) || comment.startsWith(REQUIRED + ";");
    }

    /**
     * Why another cannot follow this one; nothing, if it only adds kinds and members that may be
     * absent, or takes out such members as the lock lets go of. Two that can follow each other say
     * the same.
     */
    List<String> brokenBy(ContractText later) {
        List<String> breaks = new ArrayList<>();
        messages.forEach(
                (message, before) -> {
                    Told after = later.messages().get(message);
                    if (after == null) {
                        breaks.add(message + " is gone");
                    } else {
                        compare(message, before, after, breaks);
                    }
                });
        return breaks;
    }

    private static void compare(String message, Told before, Told after, List<String> breaks) {
        for (Field was : before.fields()) {
            Optional<Field> is = after.find(was);
            boolean mayGo = !was.isRequired() && message.contains(".");
            if (is.isPresent() && !is.get().equals(was)) {
                breaks.add(message + " has \"" + is.get().line() + "\" for \"" + was.line() + "\"");
            } else if (is.isEmpty() && !(mayGo && after.reserves(was))) {
                breaks.add(message + "." + was.name() + " is gone");
            }
        }
        for (Field is : after.fields()) {
            if (is.isRequired() && before.find(is).isEmpty()) {
                breaks.add(message + "." + is.name() + " is new and required");
            }
        }
        if (!after.reserved().containsAll(before.reserved())) {
            breaks.add(message + " no longer reserves what was taken out");
        }
    }
}
