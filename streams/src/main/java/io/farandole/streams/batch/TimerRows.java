package io.farandole.streams.batch;

import io.farandole.events.Cause;
import io.farandole.events.Envelope;
import io.farandole.events.EventId;
import io.farandole.streams.DueTimer;
import io.farandole.streams.Firing;
import io.farandole.streams.Timer;
import io.farandole.streams.TimerChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a generation as rows. Everybody locks them after the rows of stores, in the order
 * of names and keys.
 */
final class TimerRows {

    private static final Comparator<TimerChange> ORDER =
            Comparator.comparing((TimerChange change) -> change.timer().name())
                    .thenComparing(TimerChange::key);

    /** What the rows of one statement are, as far as it names them. */
    private static final String NAMED = "unnest(?::text[], ?::text[]) n(name, key)";

    private static final String LOCK =
            "select t.name, t.key from "
                    + NAMED
                    + """

                     cross join lateral (
                       select name, key from streams.timer
                       where generation = ? and name = n.name and key = n.key for update) t
                    """;
    private static final String LOCK_DUE =
            """
            select t.name, t.key, streams.speaker_of_timer(?, t.domain, t.fire_at)
            from unnest(?::text[], ?::text[], ?::text[]) n(name, key, at)
            cross join lateral (
              select name, key, domain, fire_at from streams.timer
              where generation = ? and name = n.name and key = n.key
                and fire_at = n.at::timestamptz for update skip locked) t
            """;
    private static final String REMOVE =
            "delete from streams.timer t using "
                    + NAMED
                    + " where t.generation = ? and t.name = n.name and t.key = n.key";
    private static final String SET =
            """
            insert into streams.timer as t (generation, name, key, domain, fire_at, set_by,
                correlation_id, caused_by_source, caused_by_id, trace_parent)
            select ?, n.name, n.key, n.domain, n.at::timestamptz, n.set_by, n.correlation, n.source,
                n.id, n.trace
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[],
                ?::text[], ?::text[])
              with ordinality n(name, key, domain, at, set_by, correlation, source, id, trace, place)
            order by n.place
            on conflict (generation, name, key) do update
            set fire_at = excluded.fire_at, domain = excluded.domain, attempts = 0, again_at = null,
                last_error = null,
                (set_by, correlation_id, caused_by_source, caused_by_id, trace_parent) = (
                  select w.set_by, w.correlation_id, w.caused_by_source, w.caused_by_id,
                    w.trace_parent
                  from (values
                    (t.set_by, t.correlation_id, t.caused_by_source, t.caused_by_id, t.trace_parent),
                    (excluded.set_by, excluded.correlation_id, excluded.caused_by_source,
                      excluded.caused_by_id, excluded.trace_parent)
                  ) w(set_by, correlation_id, caused_by_source, caused_by_id, trace_parent)
                  order by w.set_by desc limit 1)
            """;
    private static final String POSTPONE =
            """
            update streams.timer t
            set attempts = t.attempts + 1, last_error = n.error,
                again_at = ?::timestamptz
                  + least(power(2, least(t.attempts, 6)), 60) * interval '1 second'
            from unnest(?::text[], ?::text[], ?::text[]) n(name, key, error)
            where t.generation = ? and t.name = n.name and t.key = n.key
            """;

    private TimerRows() {}

    /** Sets and cancels what the folds of one batch changed. */
    static void write(RoundTrip roundTrip, Generation generation, List<TimerChange> changes) {
        List<TimerChange> sorted = changes.stream().sorted(ORDER).toList();
        List<TimerChange> gone = sorted.stream().filter(change -> change.at() == null).toList();
        List<TimerChange> set = sorted.stream().filter(change -> change.at() != null).toList();
        if (!gone.isEmpty()) {
            roundTrip.run(LOCK, names(sorted), keys(sorted), generation.id());
            roundTrip.run(REMOVE, names(gone), keys(gone), generation.id());
        }
        if (!set.isEmpty()) {
            roundTrip.run(
                    SET,
                    generation.id(),
                    names(set),
                    keys(set),
                    texts(set, change -> change.timer().domain().name()),
                    texts(set, change -> String.valueOf(change.at())),
                    set.stream()
                            .map(change -> UUID.fromString(change.because().id()))
                            .toArray(UUID[]::new),
                    texts(set, change -> change.because().correlationId()),
                    texts(set, change -> change.because().causedBy().source()),
                    texts(set, change -> change.because().causedBy().id()),
                    texts(set, change -> change.because().traceParent()));
        }
    }

    /**
     * Locks those that are still due as they were, and that nobody else is firing.
     *
     * @param locked is told of each whether this generation is the one that says what it says
     */
    static void lock(
            RoundTrip roundTrip,
            Generation generation,
            List<DueTimer> due,
            Map<Name, Boolean> locked) {
        roundTrip.read(
                rows ->
                        locked.put(
                                new Name(rows.getString(1), rows.getString(2)),
                                rows.getInt(3) == generation.id()),
                LOCK_DUE,
                generation.processor(),
                texts(due, one -> one.timer().name()),
                texts(due, one -> one.firing().key()),
                texts(due, one -> one.firing().at().toString()),
                generation.id());
    }

    /** Removes those that fired. */
    static void remove(RoundTrip roundTrip, Generation generation, List<DueTimer> fired) {
        if (!fired.isEmpty()) {
            roundTrip.change(
                    fired.size(),
                    "timers that fired",
                    REMOVE,
                    texts(fired, one -> one.timer().name()),
                    texts(fired, one -> one.firing().key()),
                    generation.id());
        }
    }

    /** Keeps those that failed for later: after 1, 2, 4 … seconds, at most a minute. */
    static void postpone(
            RoundTrip roundTrip,
            Generation generation,
            List<DueTimer> failed,
            List<String> errors,
            Instant now) {
        if (!failed.isEmpty()) {
            roundTrip.run(
                    POSTPONE,
                    now.toString(),
                    texts(failed, one -> one.timer().name()),
                    texts(failed, one -> one.firing().key()),
                    errors.toArray(String[]::new),
                    generation.id());
        }
    }

    /** What fires by a row. */
    static DueTimer due(ResultSet rows, Timer timer, Generation generation) throws SQLException {
        UUID setBy = rows.getObject("set_by", UUID.class);
        Instant at = rows.getObject("fire_at", OffsetDateTime.class).toInstant();
        String key = rows.getString("key");
        Envelope because =
                new Envelope(
                        setBy.toString(),
                        "farandole/" + generation.processor(),
                        "timer",
                        key,
                        at,
                        EventId.timeOf(setBy),
                        rows.getString("correlation_id"),
                        null,
                        new Cause(
                                rows.getString("caused_by_source"), rows.getString("caused_by_id")),
                        null,
                        rows.getString("trace_parent"));
        return new DueTimer(timer, new Firing(key, at), because);
    }

    /** By what a timer is known within its generation. */
    record Name(String timer, String key) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int order = timer.compareTo(other.timer);
            return order == 0 ? key.compareTo(other.key) : order;
        }

        static Name of(DueTimer due) {
            return new Name(due.timer().name(), due.firing().key());
        }
    }

    private static String[] names(List<TimerChange> changes) {
        return changes.stream().map(change -> change.timer().name()).toArray(String[]::new);
    }

    private static String[] keys(List<TimerChange> changes) {
        return changes.stream().map(TimerChange::key).toArray(String[]::new);
    }

    private static <T> @Nullable String[] texts(List<T> all, Function<T, @Nullable String> part) {
        @Nullable String[] texts = new @Nullable String[all.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = part.apply(all.get(i));
        }
        return texts;
    }
}
