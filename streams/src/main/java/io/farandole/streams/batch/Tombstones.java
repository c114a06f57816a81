package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import io.farandole.streams.Erasures;
import io.farandole.streams.Told;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of those who asked to be forgotten: who hears of one writes it, in the same batch. */
final class Tombstones {

    private static final String KNOWN =
            "select key, seconds, nanos, source, id from streams.tombstone where key = any (?)";

    // Locked in the order of keys by all, after everything that two batches may share.
    private static final String WRITE =
            """
            insert into streams.tombstone as t (key, seconds, nanos, source, id)
            values (?, ?, ?, ?, ?)
            on conflict (key) do update
            set seconds = excluded.seconds, nanos = excluded.nanos,
                source = excluded.source, id = excluded.id
            where (t.seconds, t.nanos, t.source collate "C", t.id collate "C")
                < (excluded.seconds, excluded.nanos, excluded.source collate "C",
                   excluded.id collate "C")
            """;

    private final Map<String, Told> heard = new TreeMap<>();

    /** Those that are known of these messages' users. */
    static Erasures of(List<? extends Incoming<? extends Event>> messages, Connection connection)
            throws SQLException {
        RoundTrip asking = new RoundTrip();
        Erasures known = ask(asking, messages.stream().<Delivery>map(Incoming::delivery).toList());
        asking.send(connection);
        return known;
    }

    /** Those that are known of these deliveries' users, once the round trip was made. */
    static Erasures ask(RoundTrip asking, List<Delivery> deliveries) {
        Erasures known = new Erasures();
        String[] keys =
                deliveries.stream().map(Delivery::orderingKey).distinct().toArray(String[]::new);
        asking.read(
                rows ->
                        known.add(
                                rows.getString("key"),
                                new Told(
                                        Instant.ofEpochSecond(
                                                rows.getLong("seconds"), rows.getInt("nanos")),
                                        rows.getString("source"),
                                        rows.getString("id"))),
                KNOWN,
                (Object) keys);
        return known;
    }

    /** What a row says that has a tombstone's columns beside it, which may be null. */
    static Erasures beside(ResultSet rows, String key) throws SQLException {
        Erasures known = new Erasures();
        String source = rows.getString("erased_source");
        if (source != null) {
            known.add(
                    key,
                    new Told(
                            Instant.ofEpochSecond(
                                    rows.getLong("erased_seconds"), rows.getInt("erased_nanos")),
                            source,
                            rows.getString("erased_id")));
        }
        return known;
    }

    /** Remembers what this message says of its user, if it is that they asked. */
    void hear(Delivery delivery) {
        Told told = Erasures.told(delivery.attributes());
        if (told != null) {
            heard.merge(delivery.orderingKey(), told, Told::or);
        }
    }

    void write(RoundTrip roundTrip) {
        heard.forEach(
                (key, told) -> {
                    Instant at = told.at();
                    roundTrip.run(
                            WRITE,
                            key,
                            at.getEpochSecond(),
                            at.getNano(),
                            told.source(),
                            told.id());
                });
    }
}
