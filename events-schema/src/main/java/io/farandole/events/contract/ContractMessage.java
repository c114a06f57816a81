package io.farandole.events.contract;

import io.farandole.events.Kind;
import io.farandole.events.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One message of a topic's contract: the topic's own, or the one of a kind inside it.
 *
 * @param name {@code Interactions} or {@code Interactions.Rated}
 */
record ContractMessage(String name, List<ContractField> fields) {

    /** One field, as the records have it; its number is the lock's to give. */
    record ContractField(String name, String type, Presence presence, String note) {}

    /**
     * When a field is there. Protobuf itself only knows optional and repeated; the codec knows
     * required.
     */
    enum Presence {
        REQUIRED,
        OPTIONAL,
        REPEATED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Presence of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The topic's message first, then one for each kind. */
    static List<ContractMessage> of(Topic<?> topic) {
        String name = nameOf(topic);
        List<ContractMessage> messages = new ArrayList<>();
        messages.add(
                new ContractMessage(
                        name,
                        topic.kinds().stream()
                                .map(
                                        kind ->
                                                new ContractField(
                                                        kind.name(),
                                                        kind.record().getSimpleName(),
                                                        Presence.OPTIONAL,
                                                        topic.typeOf(kind)))
                                .toList()));
        for (Kind kind : topic.kinds()) {
            messages.add(
                    new ContractMessage(
                            name + "." + kind.record().getSimpleName(),
                            kind.fields().stream().map(ContractMessage::field).toList()));
        }
        return List.copyOf(messages);
    }

    /** {@code SourceRecords} for the topic {@code source-records}. */
    static String nameOf(Topic<?> topic) {
        StringBuilder name = new StringBuilder();
        for (String word : topic.name().split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static ContractField field(Kind.Field field) {
        Presence presence =
                field.repeated()
                        ? Presence.REPEATED
                        : field.required() ? Presence.REQUIRED : Presence.OPTIONAL;
        return new ContractField(field.name(), type(field.form()), presence, note(field.form()));
    }

    /**
     * No 64-bit integers, no enums: the forms that Pub/Sub's schemas and every JSON reader agree
     * on.
     */
    private static String type(Kind.Form form) {
        return switch (form) {
            case TEXT, DATE, INSTANT -> "string";
            case INTEGER -> "int32";
            case REAL -> "double";
            case FLAG -> "bool";
        };
    }

    private static String note(Kind.Form form) {
        return switch (form) {
            case DATE -> "a date, 2026-11-22";
            case INSTANT -> "an RFC 3339 instant, 2026-11-22T12:00:00Z";
            case TEXT, INTEGER, REAL, FLAG -> "";
        };
    }
}
