package io.farandole.streams.running;

import io.farandole.streams.batch.Generation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What generations that are fed have put aside, and how far their event time has come, as the
 * database says: looked up when somebody asks, at most every ten seconds, however many ask. A
 * generation goes by its label.
 */
final class StoredBacklog {

    private static final Logger log = LoggerFactory.getLogger(StoredBacklog.class);
    private static final Duration YOUNG_ENOUGH = Duration.ofSeconds(10);
    private static final String LETTERS =
            """
            select g.processor, g.number, d.topic,
                   count(*) filter (where d.cause not in ('WAITING', 'PARKED_BEHIND')) as open,
                   count(distinct d.line) as parked
            from streams.dead_letter d join streams.generation g on g.id = d.generation
            where d.status = 'OPEN' and g.fed
            group by g.processor, g.number, d.topic
            """;
    private static final String WATERMARKS =
            """
            select g.processor, g.number, max(w.event_time) as event_time
            from streams.watermark w join streams.generation g on g.id = w.generation
            where g.fed group by g.processor, g.number
            """;

    // A partition a day, named by it.
    private static final String INBOXES =
            """
            select g.processor, g.number, to_date(min(right(c.relname, 8)), 'YYYYMMDD') as oldest
            from streams.generation g
            join pg_inherits i on i.inhparent = to_regclass('streams.inbox_g' || g.id)
            join pg_class c on c.oid = i.inhrelid
            where g.fed group by g.processor, g.number
            """;

    /** What is open of one topic. */
    private record Letters(long open, long parked) {}

    /** All of it, as of one moment; nothing is known if it could not be looked up. */
    private record Looked(
            Instant at,
            boolean known,
            Map<String, Letters> letters,
            Map<String, Instant> watermarks,
            Map<String, Instant> inboxes) {}

    private final DataSource database;
    private final Clock clock;
    private @Nullable Looked last;

    StoredBacklog(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Dead letters that are open, without what only waits; not a number if that is not known. */
    double open(String label, String topic) {
        Looked now = look();
        return now.known() ? letters(now, label, topic).open() : Double.NaN;
    }

    /** Keys that are parked. */
    double parked(String label, String topic) {
        Looked now = look();
        return now.known() ? letters(now, label, topic).parked() : Double.NaN;
    }

    /** Seconds from the greatest event time applied to now; not a number if nothing was applied. */
    double watermarkLag(String label) {
        return secondsSince(look().watermarks().get(label));
    }

    /**
     * Seconds from the oldest day of which ids are remembered to now; not a number where they are
     * remembered without limit.
     */
    double inboxAge(String label) {
        return secondsSince(look().inboxes().get(label));
    }

    private double secondsSince(@Nullable Instant time) {
        return time == null
                ? Double.NaN
                : Duration.between(time, clock.instant()).toMillis() / 1_000.0;
    }

    private static Letters letters(Looked now, String label, String topic) {
        return now.letters().getOrDefault(name(label, topic), new Letters(0, 0));
    }

    private static String label(ResultSet rows) throws SQLException {
        return Generation.label(rows.getString(1), rows.getInt(2));
    }

    private synchronized Looked look() {
        Looked known = last;
        Instant now = clock.instant();
        if (known == null || !now.isBefore(known.at().plus(YOUNG_ENOUGH))) {
            known = lookUp(now);
            last = known;
        }
        return known;
    }

    private Looked lookUp(Instant now) {
        Map<String, Letters> letters = new HashMap<>();
        Map<String, Instant> watermarks = new HashMap<>();
        Map<String, Instant> inboxes = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(LETTERS);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.put(
                            name(label(rows), rows.getString(3)),
                            new Letters(rows.getLong(4), rows.getLong(5)));
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(WATERMARKS);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime time = rows.getObject(3, OffsetDateTime.class);
                    if (time != null) {
                        watermarks.put(label(rows), time.toInstant());
                    }
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(INBOXES);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    inboxes.put(
                            label(rows),
                            rows.getObject(3, LocalDate.class)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
                }
            }
            return new Looked(now, true, letters, watermarks, inboxes);
        } catch (SQLException e) {
            // Whoever asks sees that it is not known; what is wrong with the database others say.
            log.debug("What is put aside could not be counted", e);
            return new Looked(now, false, Map.of(), Map.of(), Map.of());
        }
    }

    private static String name(String label, String topic) {
        return topic + "." + label;
    }
}
