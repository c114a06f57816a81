package io.farandole.events.contract;

import io.farandole.events.contract.ContractMessage.ContractField;
import io.farandole.events.contract.ContractMessage.Presence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The numbers that fields of the contracts were given, once and for all, and what may still change.
 */
record FieldLock(List<LockedField> fields) {

    private static final String REMOVED = "removed";

    private static final String HEADER =
            """
            # The numbers of the fields of the published contracts. GenerateContracts adds lines and changes none.
            # To take out an optional member, remove it from its record and write "removed" at the end of its line:
            # its number and its name stay reserved. Nothing else in here is edited by hand.
            #
            # message number field type presence
            """;

    /** A line of the lock. */
    record LockedField(
            String message,
            int number,
            String name,
            String type,
            Presence presence,
            boolean removed) {

        String line() {
            return String.join(" ", message, Integer.toString(number), name, type, presence.word())
                    + (removed ? " " + REMOVED : "");
        }

        String label() {
            return message + "." + name;
        }

        /**
         * Optional members may go; a kind may not, for its golden files are to be read for ever.
         */
        boolean mayBeRemoved() {
            return presence != Presence.REQUIRED && message.contains(".");
        }
    }

    FieldLock {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (LockedField field : fields) {
            if (!names.add(field.label())) {
                throw new IllegalArgumentException(field.label() + " has two lines in the lock");
            }
            if (!numbers.add(field.message() + " " + field.number())) {
                throw new IllegalArgumentException(
                        field.message() + " gives the number " + field.number() + " to two fields");
            }
        }
    }

    static FieldLock empty() {
        return new FieldLock(List.of());
    }

    static FieldLock parse(String text) {
        return new FieldLock(
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(FieldLock::parseLine)
                        .toList());
    }

    private static LockedField parseLine(String line) {
        String[] words = line.strip().split(" +", -1);
        boolean removed = words.length == 6 && words[5].equals(REMOVED);
        if (words.length != 5 && !removed) {
            throw new IllegalArgumentException("not a line of the lock: " + line);
        }
        return new LockedField(
                words[0],
                Integer.parseInt(words[1]),
                words[2],
                words[3],
                Presence.of(words[4]),
                removed);
    }

    String text() {
        return HEADER
                + fields.stream().map(field -> field.line() + "\n").collect(Collectors.joining());
    }

    Optional<LockedField> find(String message, String field) {
        return fields.stream()
                .filter(locked -> locked.message().equals(message) && locked.name().equals(field))
                .findFirst();
    }

    /** The fields of a message, by number. */
    List<LockedField> of(String message) {
        return fields.stream()
                .filter(locked -> locked.message().equals(message))
                .sorted(Comparator.comparingInt(LockedField::number))
                .toList();
    }

    /** This lock, with numbers for what is new. */
    FieldLock grown(List<ContractMessage> messages) {
        Map<String, List<LockedField>> grown = new LinkedHashMap<>();
        for (ContractMessage message : messages) {
            List<LockedField> fields = new ArrayList<>(of(message.name()));
            int next = fields.stream().mapToInt(LockedField::number).max().orElse(0) + 1;
            for (ContractField field : message.fields()) {
                if (find(message.name(), field.name()).isEmpty()) {
                    fields.add(
                            new LockedField(
                                    message.name(),
                                    next++,
                                    field.name(),
                                    field.type(),
                                    field.presence(),
                                    false));
                }
            }
            grown.put(message.name(), fields);
        }
        for (LockedField field : fields) {
            grown.computeIfAbsent(field.message(), this::of);
        }
        return new FieldLock(grown.values().stream().flatMap(List::stream).toList());
    }

    /**
     * Why the records may not be published as they are: each breaks someone who reads or writes the
     * contract.
     */
    List<String> brokenBy(List<ContractMessage> messages) {
        List<String> breaks = new ArrayList<>();
        Map<String, ContractField> now = new LinkedHashMap<>();
        for (ContractMessage message : messages) {
            boolean released = !of(message.name()).isEmpty();
            for (ContractField field : message.fields()) {
                now.put(message.name() + "." + field.name(), field);
                if (released
                        && field.presence() == Presence.REQUIRED
                        && find(message.name(), field.name()).isEmpty()) {
                    breaks.add(
                            message.name()
                                    + "."
                                    + field.name()
                                    + " is new and required: events without it would be refused; make it @Nullable");
                }
            }
        }
        for (LockedField locked : fields) {
            ContractField field = now.get(locked.label());
            if (locked.removed()) {
                if (!locked.mayBeRemoved()) {
                    breaks.add(
                            locked.label()
                                    + " cannot be removed: only optional members of a kind can");
                } else if (field != null) {
                    breaks.add(locked.label() + " was removed before: choose another name");
                }
            } else if (field == null) {
                breaks.add(
                        locked.label()
                                + " is gone: bring it back, or mark its line removed if it was an optional member of a kind");
            } else if (!field.type().equals(locked.type())) {
                breaks.add(
                        locked.label()
                                + " was "
                                + locked.type()
                                + " and is now "
                                + field.type()
                                + ": add a member of another name instead");
            } else if (field.presence() != locked.presence()) {
                breaks.add(
                        locked.label()
                                + " was "
                                + locked.presence().word()
                                + " and is now "
                                + field.presence().word()
                                + ": add a member of another name instead");
            }
        }
        return breaks;
    }

    /**
     * What differs here from a lock that was released, other than lines that were added or optional
     * ones removed.
     */
    List<String> departuresFrom(FieldLock released) {
        List<String> departures = new ArrayList<>();
        for (LockedField before : released.fields()) {
            LockedField marked =
                    new LockedField(
                            before.message(),
                            before.number(),
                            before.name(),
                            before.type(),
                            before.presence(),
                            true);
            boolean kept = fields.contains(before);
            boolean removed = before.mayBeRemoved() && fields.contains(marked);
            if (!kept && !removed) {
                departures.add(
                        "released as \""
                                + before.line()
                                + "\", now "
                                + find(before.message(), before.name())
                                        .map(field -> "\"" + field.line() + "\"")
                                        .orElse("gone"));
            }
        }
        return departures;
    }
}
