package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import io.farandole.streams.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The messages of one source that wait, as they are kept. */
final class WaitingLetters<E extends Event> {

    private static final String DUE =
            """
            select id, attempts, message_id, ordering_key, attributes, payload, published,
                published_hour, claims
            from streams.dead_letter
            where generation = ? and topic = ? and cause = 'WAITING' and status = 'OPEN'
              and next_attempt_at <= ?::timestamptz
            order by next_attempt_at, id limit ?
            """;
    private static final String LOCK =
            """
            select id from streams.dead_letter
            where id = any (?::bigint[]) and cause = 'WAITING' and status = 'OPEN'
            order by id for update skip locked
            """;

    private final PreparedProcessor prepared;
    private final Source<E> source;
    private final ReadingDeliveries<E> reading;

    WaitingLetters(PreparedProcessor prepared, Source<E> source, ReadingDeliveries<E> reading) {
        this.prepared = prepared;
        this.source = source;
        this.reading = reading;
    }

    /** Those due now, oldest first; not locked yet. */
    List<WaitingLetter<E>> due(int most) {
        Instant now = prepared.clock().instant();
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement due = connection.prepareStatement(DUE)) {
            due.setInt(1, prepared.generation().id());
            due.setString(2, source.topic().name());
            due.setString(3, now.toString());
            due.setInt(4, most);
            try (ResultSet rows = due.executeQuery()) {
                List<WaitingLetter<E>> letters = new ArrayList<>();
                while (rows.next()) {
                    letters.add(letter(rows, now));
                }
                return letters;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("looking for waiting messages", e);
        }
    }

    /** Locks those that still wait and that nobody else is trying. */
    void lock(RoundTrip roundTrip, List<WaitingLetter<E>> letters, List<Long> locked) {
        roundTrip.read(
                rows -> locked.add(rows.getLong(1)),
                LOCK,
                (Object) letters.stream().mapToLong(WaitingLetter::id).toArray());
    }

    private WaitingLetter<E> letter(ResultSet rows, Instant now) throws SQLException {
        Delivery delivery = KeptDeliveries.of(rows);
        UUID claims = rows.getObject("claims", UUID.class);
        Incoming<E> incoming =
                claims == null
                        ? KeptDeliveries.incoming(rows, delivery, reading)
                        : reading.read(delivery, claims, KeptDeliveries.hour(rows), now);
        return new WaitingLetter<>(rows.getLong("id"), rows.getInt("attempts"), incoming);
    }
}
