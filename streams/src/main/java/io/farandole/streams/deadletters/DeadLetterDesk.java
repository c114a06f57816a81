package io.farandole.streams.deadletters;

import io.farandole.streams.batch.DeadLetterCause;
import io.farandole.streams.batch.InfrastructureTrouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows what was put aside, and marks it as due: the processor that runs then folds it again, in
 * the order of its key, and sets its books right. Nothing is applied here.
 */
public final class DeadLetterDesk {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DEADLOCK = "40P01";
    private static final int MOST_ATTEMPTS = 5;

    private static final String COLUMNS =
            """
            d.id, g.processor, g.number, d.topic, coalesce(d.line, d.subject) as key, d.cause,
            d.status, d.line, d.attempts, d.published, d.first_seen, d.next_attempt_at, d.reason,
            d.place, d.fingerprint, d.error_class
            """;
    // A retired one that is still fed may be the one that says what follows from a letter of its
    // own: at a switch the other one had applied that event already, silently.
    private static final String FROM =
            """
            from streams.dead_letter d join streams.generation g on g.id = d.generation
            where g.fed
            """;
    private static final String OPEN =
            """
              and d.status = 'OPEN'
              and (cardinality(?::bigint[]) = 0 or d.id = any (?::bigint[]))
              and (?::text is null or g.processor = ?)
              and (?::text is null or d.topic = ?)
              and (?::text is null or d.cause = ?)
              and (?::text is null or coalesce(d.line, d.subject) = ?)
              and (?::text is null or d.fingerprint = ?)
              and (?::boolean or d.cause <> 'EXPIRED_HORIZON')
            order by d.id limit ?
            """;
    private static final String COUNTED =
            """
            select g.phase = 'ACTIVE' as active, d.cause, count(*) as letters
            from streams.dead_letter d join streams.generation g on g.id = d.generation
            where d.status = 'OPEN' group by 1, 2
            """;
    private static final String ONE =
            "select "
                    + COLUMNS
                    + ", d.message_id, d.ordering_key, d.attributes, d.payload "
                    + FROM
                    + " and d.id = ?";
    // Of a line only the first is ever due: it is for those behind it too. Locked in one order, so
    // that two of us do not wait for each other.
    private static final String REDRIVE =
            """
            with chosen as (
              select id, generation, topic, line from streams.dead_letter
              where id = any (?::bigint[]) and status = 'OPEN'),
            due as (
              select id from chosen where line is null
              union
              select first.id
              from (select distinct generation, topic, line from chosen where line is not null) c
              cross join lateral (
                select h.id from streams.dead_letter h
                where h.generation = c.generation and h.topic = c.topic and h.line = c.line
                  and h.status = 'OPEN'
                order by h.id limit 1) first)
            update streams.dead_letter set next_attempt_at = ?::timestamptz
            where id = any (array(
              select d.id from streams.dead_letter d
              where d.id in (select id from due) and d.status = 'OPEN'
              order by d.id for update))
            returning id
            """;
    private static final String PENDING =
            """
            select count(*) from streams.dead_letter d
            where d.id = any (?::bigint[]) and d.status = 'OPEN'
              and exists (
                select from (
                  select d.next_attempt_at where d.line is null
                  union all
                  (select h.next_attempt_at from streams.dead_letter h
                   where h.generation = d.generation and h.topic = d.topic and h.line = d.line
                     and h.status = 'OPEN'
                   order by h.id limit 1)) first
                where first.next_attempt_at <= ?::timestamptz)
            """;

    private final DataSource database;
    private final Clock clock;

    public DeadLetterDesk(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What is open, in the order in which it was put aside, at most so many. */
    public List<DeadLetter> open(DeadLetterFilter filter, int most) {
        return find(filter, true, most);
    }

    /**
     * What {@link #redrive} would be for: all that is meant, save what lies beyond the horizon and
     * is not named.
     */
    public List<DeadLetter> redrivable(DeadLetterFilter filter) {
        return find(filter, filter.namesExpired(), Integer.MAX_VALUE);
    }

    /** How many are open: what waits to be applied, and what was put aside. */
    public OpenLetters counted() {
        return inDatabase(
                "counting dead letters",
                COUNTED,
                statement -> {
                    OpenLetters open = new OpenLetters(new TreeMap<>(), new TreeMap<>());
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            (rows.getBoolean("active") ? open.active() : open.others())
                                    .put(rows.getString("cause"), rows.getLong("letters"));
                        }
                    }
                    return open;
                });
    }

    /** One of them, whole, open or not. */
    public Optional<PutAside> one(long id) {
        return inDatabase(
                "reading a dead letter",
                ONE,
                statement -> {
                    statement.setLong(1, id);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? Optional.of(whole(row)) : Optional.empty();
                    }
                });
    }

    /**
     * Marks them as due; of those that are parked, the first of their key's line.
     *
     * @return the numbers of what is due now
     */
    public List<Long> redrive(Collection<Long> ids) {
        return inDatabase(
                "redriving dead letters",
                REDRIVE,
                statement -> {
                    setIds(statement, 1, ids);
                    statement.setString(2, clock.instant().toString());
                    try (ResultSet rows = statement.executeQuery()) {
                        List<Long> due = new ArrayList<>();
                        while (rows.next()) {
                            due.add(rows.getLong(1));
                        }
                        return due;
                    }
                });
    }

    /** How many of them, or of those that they stand behind, are due and not tried yet. */
    public long pending(Collection<Long> ids) {
        return inDatabase(
                "looking for what is due",
                PENDING,
                statement -> {
                    setIds(statement, 1, ids);
                    statement.setString(2, clock.instant().toString());
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? row.getLong(1) : 0L;
                    }
                });
    }

    private List<DeadLetter> find(DeadLetterFilter filter, boolean expired, int most) {
        return inDatabase(
                "looking for dead letters",
                "select " + COLUMNS + FROM + OPEN,
                statement -> {
                    setIds(statement, 1, filter.ids());
                    setIds(statement, 2, filter.ids());
                    String cause = filter.cause() == null ? null : filter.cause().name();
                    int at = 3;
                    for (String text :
                            new @Nullable String[] {
                                filter.processor(),
                                filter.topic(),
                                cause,
                                filter.key(),
                                filter.fingerprint()
                            }) {
                        statement.setString(at++, text);
                        statement.setString(at++, text);
                    }
                    statement.setBoolean(at++, expired);
                    statement.setInt(at, most);
                    try (ResultSet rows = statement.executeQuery()) {
                        List<DeadLetter> letters = new ArrayList<>();
                        while (rows.next()) {
                            letters.add(letter(rows));
                        }
                        return letters;
                    }
                });
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("processor"),
                row.getInt("number"),
                row.getString("topic"),
                row.getString("key"),
                DeadLetterCause.valueOf(row.getString("cause")),
                row.getString("status").equals("OPEN"),
                row.getString("line") != null,
                row.getInt("attempts"),
                row.getObject("published", OffsetDateTime.class).toInstant(),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                instant(row.getObject("next_attempt_at", OffsetDateTime.class)),
                row.getString("reason"),
                row.getString("place"),
                row.getString("fingerprint"),
                row.getString("error_class"));
    }

    private static PutAside whole(ResultSet row) throws SQLException {
        return PutAside.of(
                letter(row),
                row.getString("message_id"),
                row.getString("ordering_key"),
                JSON.readValue(
                        row.getString("attributes"), new TypeReference<Map<String, String>>() {}),
                row.getBytes("payload"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static void setIds(PreparedStatement statement, int at, Collection<Long> ids)
            throws SQLException {
        statement.setArray(
                at, statement.getConnection().createArrayOf("bigint", ids.toArray(Long[]::new)));
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask(PreparedStatement statement) throws SQLException;
    }

    // Each is one statement: a processor that retries the same letters can be in its way once.
    private <T> T inDatabase(String doing, String sql, Asking<T> asking) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                return asking.ask(statement);
            } catch (SQLException e) {
                if (!DEADLOCK.equals(e.getSQLState()) || attempt == MOST_ATTEMPTS) {
                    throw new InfrastructureTrouble(
                            "Postgres failed while " + doing + ": " + e.getMessage(), e);
                }
            }
        }
    }
}
