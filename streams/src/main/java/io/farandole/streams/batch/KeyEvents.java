package io.farandole.streams.batch;

import io.farandole.events.EventAttributes;
import io.farandole.events.EventId;
import io.farandole.events.Topic;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One key's events of the archive; and whether they are all that there are, and all that a
 * generation has applied: what is computed from them may only then be written in its place.
 */
final class KeyEvents {

    private static final String LAST =
            "select last from streams.sequence where topic = ? and ordering_key = ?";
    private static final String OPEN =
            """
            select count(*) from streams.dead_letter
            where generation = ? and ordering_key = ? and topic = any (?) and status = 'OPEN'
            """;

    private final PreparedProcessor prepared;
    private final String key;
    private final Map<String, Set<Long>> numbers = new HashMap<>();
    private final List<UUID> ids = new ArrayList<>();
    private long count;
    private long withheld;

    KeyEvents(PreparedProcessor prepared, String key) {
        this.prepared = prepared;
        this.key = key;
    }

    long count() {
        return count;
    }

    long withheld() {
        return withheld;
    }

    void add(ArchivedEvent event) {
        count++;
        withheld += event.withheld() ? 1 : 0;
        Map<String, String> attributes = event.delivery().attributes();
        String number = attributes.get(EventAttributes.SEQUENCE);
        if (number != null && number.chars().allMatch(Character::isDigit)) {
            numbers.computeIfAbsent(event.topic(), _ -> new HashSet<>()).add(Long.valueOf(number));
        }
        String id = attributes.getOrDefault(EventAttributes.ID, "");
        try {
            ids.add(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "event " + id + " of " + key + " has no id of ours: it was never applied", e);
        }
    }

    /**
     * @param connection in a transaction that holds the phase lock alone
     * @throws IllegalStateException if they are not all, saying which are missing
     */
    void requireWhole(Connection connection) throws SQLException {
        for (Source<?> source : prepared.processor().sources()) {
            requireWhole(connection, source.topic());
        }
        requireHeard(connection);
        try (PreparedStatement open = connection.prepareStatement(OPEN)) {
            open.setInt(1, prepared.generation().id());
            open.setString(2, key);
            open.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            prepared.processor().sources().stream()
                                    .map(source -> source.topic().name())
                                    .toArray()));
            long letters = number(open);
            if (letters > 0) {
                throw new IllegalStateException(
                        letters
                                + " events of "
                                + key
                                + " wait or were put aside: settle them first, or they would count"
                                + " twice when they are");
            }
        }
    }

    private void requireWhole(Connection connection, Topic<?> topic) throws SQLException {
        if (!topic.sequenced()) {
            throw new IllegalStateException(
                    "events of "
                            + topic
                            + " carry no numbers, so whether the archive has all of "
                            + key
                            + " cannot be told: build a new generation with 'farandole replay"
                            + " start'");
        }
        try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            statement.setString(1, topic.name());
            statement.setString(2, key);
            long last = number(statement);
            Set<Long> there = numbers.getOrDefault(topic.name(), Set.of());
            for (long number = 1; number <= last; number++) {
                if (!there.contains(number)) {
                    throw new IllegalStateException(
                            "the archive lacks number "
                                    + number
                                    + " of "
                                    + last
                                    + " of "
                                    + key
                                    + " on "
                                    + topic
                                    + ": try again in a moment if it was said just now");
                }
            }
        }
    }

    private void requireHeard(Connection connection) throws SQLException {
        Instant remembered = prepared.remembersFrom(prepared.clock().instant());
        UUID[] recent =
                ids.stream()
                        .filter(id -> !EventId.timeOf(id).isBefore(remembered))
                        .distinct()
                        .toArray(UUID[]::new);
        String heard =
                "select count(*) from "
                        + prepared.generation().partitionOf("streams.inbox")
                        + " where event_id = any (?)";
        try (PreparedStatement statement = connection.prepareStatement(heard)) {
            statement.setArray(1, connection.createArrayOf("uuid", recent));
            long missing = recent.length - number(statement);
            if (missing > 0) {
                throw new IllegalStateException(
                        missing
                                + " events of "
                                + key
                                + " are in the archive and not heard yet: try again in a moment");
            }
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
