package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import io.farandole.streams.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of one source that were put aside and are due, as they are kept. */
final class WaitingLetters<E extends Event> {

    private static final String COLUMNS =
            """
            d.id, d.cause, d.attempts, d.next_attempt_at, d.line, d.message_id, d.ordering_key,
            d.attributes, d.payload, d.published, d.published_hour, d.claims,
            t.seconds as erased_seconds, t.nanos as erased_nanos, t.source as erased_source,
            t.id as erased_id
            """;
    // Whoever asked to be forgotten since is known before anything of theirs is decoded.
    private static final String ERASED = "left join streams.tombstone t on t.key = d.ordering_key";
    // Those in a line are guarded by their key's row, and tried in their turn. A line that is left
    // of
    // a time when order mattered is nobody's: all of it is due.
    private static final String LEFT_OF_ORDER = "or line is not null";
    private static final String LINES =
            "select "
                    + COLUMNS
                    + """
                    from unnest(?::text[]) wanted(key)
                    cross join lateral (
                      select * from streams.dead_letter
                      where generation = ? and topic = ? and line = wanted.key and status = 'OPEN'
                      order by id limit ?) d
                    """
                    + ERASED
                    + " order by d.id";

    private final PreparedProcessor prepared;
    private final Source<E> source;
    private final ReadingDeliveries<E> reading;
    private final String due;
    private final String lock;

    WaitingLetters(PreparedProcessor prepared, Source<E> source, ReadingDeliveries<E> reading) {
        this.prepared = prepared;
        this.source = source;
        this.reading = reading;
        String more = source.keepsOrder() ? "" : LEFT_OF_ORDER;
        this.due = due(more);
        this.lock = lock(more);
    }

    /** Those due now, oldest first; not locked yet. */
    List<WaitingLetter<E>> due(int most) {
        Instant now = prepared.clock().instant();
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement look = connection.prepareStatement(due)) {
            look.setInt(1, prepared.generation().id());
            look.setString(2, source.topic().name());
            look.setString(3, now.toString());
            look.setInt(4, most);
            try (ResultSet rows = look.executeQuery()) {
                List<WaitingLetter<E>> letters = new ArrayList<>();
                while (rows.next()) {
                    letters.add(letter(rows, now));
                }
                return letters;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("looking for messages that are to be tried again", e);
        }
    }

    /**
     * Locks those that are still due, stand in no line, and that nobody else is trying, or has
     * tried since they were seen.
     */
    void lock(RoundTrip roundTrip, List<WaitingLetter<E>> letters, List<Long> locked, Instant now) {
        Map<Long, Integer> attempts = new HashMap<>();
        letters.forEach(letter -> attempts.put(letter.id(), letter.attempts()));
        roundTrip.read(
                rows -> {
                    long id = rows.getLong(1);
                    if (Objects.equals(attempts.get(id), rows.getInt(2))) {
                        locked.add(id);
                    }
                },
                lock,
                letters.stream().mapToLong(WaitingLetter::id).toArray(),
                now.toString());
    }

    /** The lines of keys that are locked, at most so many of each. */
    Map<String, Line<E>> lines(
            Connection connection, Collection<String> keys, int most, Instant now)
            throws SQLException {
        Map<String, List<WaitingLetter<E>>> letters = new LinkedHashMap<>();
        RoundTrip look = new RoundTrip();
        look.read(
                rows -> {
                    WaitingLetter<E> letter = letter(rows, now);
                    letters.computeIfAbsent(rows.getString("line"), _ -> new ArrayList<>())
                            .add(letter);
                },
                LINES,
                keys.toArray(String[]::new),
                prepared.generation().id(),
                source.topic().name(),
                most);
        look.send(connection);
        Map<String, Line<E>> lines = new LinkedHashMap<>();
        letters.forEach((key, its) -> lines.put(key, new Line<>(its, its.size() < most)));
        return lines;
    }

    private static String due(String more) {
        return """
        select %s
        from (
          select * from streams.dead_letter
          where generation = ? and topic = ? and status = 'OPEN'
            and (next_attempt_at <= ?::timestamptz %s)
          order by next_attempt_at, id limit ?) d
        %s
        order by d.next_attempt_at, d.id
        """
                .formatted(COLUMNS, more, ERASED);
    }

    private static String lock(String more) {
        return """
        select id, attempts from streams.dead_letter
        where id = any (?::bigint[]) and status = 'OPEN'
          and (line is null and next_attempt_at <= ?::timestamptz %s)
        order by id for update skip locked
        """
                .formatted(more);
    }

    private WaitingLetter<E> letter(ResultSet rows, Instant now) throws SQLException {
        DeadLetterCause cause = DeadLetterCause.valueOf(rows.getString("cause"));
        OffsetDateTime due = rows.getObject("next_attempt_at", OffsetDateTime.class);
        Delivery delivery = KeptDeliveries.of(rows);
        return new WaitingLetter<>(
                rows.getLong("id"),
                cause,
                rows.getInt("attempts"),
                due == null ? null : due.toInstant(),
                rows.getString("line"),
                reading.again(
                        delivery,
                        cause,
                        claims(rows),
                        KeptDeliveries.hour(rows),
                        Tombstones.beside(rows, delivery.orderingKey()),
                        now));
    }

    private static @Nullable UUID claims(ResultSet rows) throws SQLException {
        return rows.getObject("claims", UUID.class);
    }
}
