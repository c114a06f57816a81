package io.farandole.streams.batch;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.Delivery;
import io.farandole.streams.Emission;
import io.farandole.streams.MessageFault;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.Source;
import io.farandole.streams.Voice;
import io.farandole.streams.Work;
import io.farandole.streams.endurance.Reasons;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long work of one processor, as one owner sees it: what is due is taken under a lease by the
 * database's clock, and ended in one transaction with what is said because of it. A fence keeps an
 * owner whose lease was lost from ending it.
 */
public final class WorkQueue {

    private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);
    // Who lets go of it says so. Where an owner is still named, that one was killed, or stopped
    // responding: it may be the work that did that, and so it counts as an attempt.
    private static final String TAKE =
            """
            with due as (
              select d.id, d.ordering_key, d.owner is not null as abandoned from streams.work d
              where d.generation = ? and d.state = 'QUEUED'
                and d.due_at <= clock_timestamp()
                and (d.expires_at is null or d.expires_at <= clock_timestamp())
                and d.name = any (?) and d.topic = any (?)
              order by d.due_at, d.id limit 1 for update skip locked)
            update streams.work w
            set owner = ?, fence = w.fence + 1, began_at = clock_timestamp(),
                expires_at = clock_timestamp() + ? * interval '1 millisecond',
                attempts = w.attempts + due.abandoned::int,
                last_error = case when due.abandoned then ? else w.last_error end
            from due left join streams.tombstone t on t.key = due.ordering_key
            where w.id = due.id
            returning w.id, w.fence, w.attempts, due.abandoned, w.name, w.topic, w.message_id,
                w.ordering_key, w.attributes, w.payload, w.published, w.published_hour,
                t.seconds as erased_seconds, t.nanos as erased_nanos, t.source as erased_source,
                t.id as erased_id
            """;
    private static final String OURS = " where id = ? and owner = ? and fence = ?";
    private static final String PROLONG =
            "update streams.work set expires_at = clock_timestamp() + ? * interval '1 millisecond'"
                    + OURS
                    + " and state = 'QUEUED'";
    private static final String GIVE_BACK =
            "update streams.work set owner = null, expires_at = null" + OURS;
    private static final String WITHHOLD =
            """
            update streams.work set state = 'WITHHELD', owner = null, expires_at = null,
                finished_at = clock_timestamp()
            """
                    + OURS;
    private static final String HOLD =
            "select id from streams.work" + OURS + " and state = 'QUEUED' for update";
    private static final String END =
            """
            update streams.work
            set state = ?, attempts = ?, owner = null, expires_at = null,
                finished_at = clock_timestamp(), last_error = coalesce(?, last_error)
            where id = ?
            """;
    private static final String POSTPONE =
            """
            update streams.work
            set attempts = ?, owner = null, expires_at = null, last_error = ?,
                due_at = clock_timestamp() + ? * interval '1 millisecond'
            where id = ?
            """;
    private static final String QUEUED =
            "select count(*) from streams.work where generation = ? and state = 'QUEUED'";

    private final PreparedProcessor prepared;
    private final String owner;
    private final Map<String, ReadingDeliveries<?>> readings = new HashMap<>();
    private final Map<String, Work<?>> works = new HashMap<>();

    /**
     * @param owner unique, also among the owners that ever were
     */
    WorkQueue(PreparedProcessor prepared, String owner) {
        this.prepared = prepared;
        this.owner = owner;
        Processor processor = prepared.processor();
        for (Source<?> source : processor.sources()) {
            readings.put(source.topic().name(), new ReadingDeliveries<>(prepared, source));
        }
        processor.works().forEach(work -> works.put(work.name(), work));
    }

    /**
     * Takes what has been due longest, if anything is. What its last owner has abandoned has failed
     * once more by that. What was told by users who have asked to be forgotten since is not even
     * decoded, but ended: it may have been queued for long.
     */
    public Optional<TakenWork<?>> take(Duration lease) {
        while (true) {
            Due due = next(lease);
            if (!due.isWithheld()) {
                return Optional.ofNullable(due.taken());
            }
        }
    }

    /** What was due; neither if nothing was. */
    private record Due(@Nullable TakenWork<?> taken, boolean isWithheld) {}

    private Due next(Duration lease) {
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, prepared.generation().id());
            take.setArray(2, connection.createArrayOf("text", works.keySet().toArray()));
            take.setArray(3, connection.createArrayOf("text", readings.keySet().toArray()));
            take.setString(4, owner);
            take.setLong(5, lease.toMillis());
            take.setString(6, TakenWork.ABANDONED);
            try (ResultSet rows = take.executeQuery()) {
                if (!rows.next()) {
                    return new Due(null, false);
                }
                Delivery delivery = KeptDeliveries.of(rows);
                String key = delivery.orderingKey();
                if (Tombstones.beside(rows, key).withhold(key, delivery.attributes())) {
                    withhold(connection, rows.getLong("id"), rows.getLong("fence"));
                    return new Due(null, true);
                }
                return new Due(taken(rows, delivery), false);
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("taking work of " + prepared.processor().name(), e);
        }
    }

    /** Keeps it for so much longer; false if it is ours no more. */
    public boolean prolong(TakenWork<?> taken, Duration lease) {
        return change("prolonging", PROLONG, lease.toMillis(), taken) == 1;
    }

    /** Lets others have it at once; no attempt is counted. */
    public void giveBack(TakenWork<?> taken) {
        int _ = change("giving back", GIVE_BACK, null, taken);
    }

    /**
     * Ends it and says these, in one transaction. What cannot be said is the work's failure.
     *
     * @throws InfrastructureTrouble if the database fails; whether it was ended is then unknown,
     *     and to try again is right in either case
     */
    public WorkEnd done(TakenWork<?> taken, @Nullable List<Saying> sayings) {
        try {
            return say(taken, Voice.of(taken.work()), "DONE", null, sayings, WorkEnd.DONE);
        } catch (SQLException | RuntimeException e) {
            requireOurFault("ending work " + taken.name(), e);
            return failed(taken, e);
        }
    }

    /**
     * Counts a failed attempt: it is due again after a pause, or given up.
     *
     * @throws InfrastructureTrouble as {@link #done} does
     */
    public WorkEnd failed(TakenWork<?> taken, Throwable failure) {
        String reason = Reasons.of(failure);
        try {
            if (taken.isGivenUpNow()) {
                return giveUp(taken, reason);
            }
            return postpone(taken, reason);
        } catch (SQLException | RuntimeException e) {
            throw InfrastructureTrouble.of("counting a failure of work " + taken.name(), e);
        }
    }

    /** How many are queued, due or not. */
    public long queued() {
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement count = connection.prepareStatement(QUEUED)) {
            count.setInt(1, prepared.generation().id());
            try (ResultSet rows = count.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("counting queued work", e);
        }
    }

    private WorkEnd giveUp(TakenWork<?> taken, String reason) throws SQLException {
        try {
            List<Saying> sayings = taken.fail(reason);
            return say(
                    taken,
                    Voice.ofFailed(taken.work()),
                    "FAILED",
                    Storable.reason(reason),
                    sayings,
                    WorkEnd.GIVEN_UP);
        } catch (SQLException | RuntimeException | Error e) {
            requireOurFault("giving up work " + taken.name(), MessageFault.of(e));
            // Nobody would hear of it: rather tried again for ever, in view of everybody.
            log.error("Work {} has failed, and so did saying so", taken.name(), e);
            return postpone(taken, reason + "; saying so failed too: " + Reasons.of(e));
        }
    }

    private WorkEnd say(
            TakenWork<?> taken,
            Voice voice,
            String state,
            @Nullable String error,
            @Nullable List<Saying> sayings,
            WorkEnd end)
            throws SQLException {
        return Patience.whileContended(
                "ending work " + taken.name(),
                () -> {
                    try (PhasedTransaction transaction = new PhasedTransaction(prepared)) {
                        if (!isHeld(transaction, taken)) {
                            return WorkEnd.LOST;
                        }
                        Sayings said = sayings(transaction, taken, voice, sayings);
                        RoundTrip numbering = new RoundTrip();
                        said.number(numbering);
                        numbering.run(END, state, taken.attemptsInTheEnd(), error, taken.id());
                        numbering.send(transaction.connection());
                        RoundTrip outbox = new RoundTrip();
                        said.put(outbox);
                        outbox.send(transaction.connection());
                        transaction.commit();
                        return end;
                    }
                });
    }

    private WorkEnd postpone(TakenWork<?> taken, String reason) throws SQLException {
        return Patience.whileContended(
                "postponing work " + taken.name(),
                () -> {
                    try (PhasedTransaction transaction = new PhasedTransaction(prepared)) {
                        if (!isHeld(transaction, taken)) {
                            return WorkEnd.LOST;
                        }
                        new RoundTrip()
                                .run(
                                        POSTPONE,
                                        taken.attemptsInTheEnd(),
                                        Storable.reason(reason),
                                        WorkPauses.after(taken.attemptsInTheEnd()).toMillis(),
                                        taken.id())
                                .send(transaction.connection());
                        transaction.commit();
                        return WorkEnd.POSTPONED;
                    }
                });
    }

    /** Shares the phase lock, and locks the row if its fence is still ours. */
    private boolean isHeld(PhasedTransaction transaction, TakenWork<?> taken) throws SQLException {
        boolean[] held = {false};
        RoundTrip first = transaction.beginning();
        first.read(_ -> held[0] = true, HOLD, taken.id(), owner, taken.fence());
        transaction.begin(first);
        return held[0];
    }

    private Sayings sayings(
            PhasedTransaction transaction,
            TakenWork<?> taken,
            Voice voice,
            @Nullable List<Saying> sayings) {
        if (sayings == null) {
            throw new IllegalStateException("work " + taken.name() + " returned null");
        }
        IdentityHashMap<Envelope, UUID> sources = new IdentityHashMap<>();
        Message<?> message = taken.message();
        if (prepared.processor().ring() == Processor.Ring.SOURCE) {
            sources.put(message.envelope(), taken.claim().key());
        }
        List<Emission> emissions =
                voice.says(prepared.processor(), message, sayings, transaction.now());
        return new Sayings(
                prepared.processor(), prepared.generation(), transaction.now(), emissions, sources);
    }

    private int change(String doing, String sql, @Nullable Long first, TakenWork<?> taken) {
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement change = connection.prepareStatement(sql)) {
            int at = 0;
            if (first != null) {
                change.setLong(++at, first);
            }
            change.setLong(++at, taken.id());
            change.setString(++at, owner);
            change.setLong(++at, taken.fence());
            return change.executeUpdate();
        } catch (SQLException e) {
            throw Trouble.infrastructure(doing + " work " + taken.name(), e);
        }
    }

    // Its event was applied, and is counted so; the books tell nothing of works.
    private void withhold(Connection connection, long id, long fence) throws SQLException {
        try (PreparedStatement withhold = connection.prepareStatement(WITHHOLD)) {
            withhold.setLong(1, id);
            withhold.setString(2, owner);
            withhold.setLong(3, fence);
            int _ = withhold.executeUpdate();
        }
        log.info(
                "Work {} of {} is withheld: its user asked to be forgotten",
                id,
                prepared.processor().name());
    }

    private TakenWork<?> taken(ResultSet rows, Delivery delivery) throws SQLException {
        ReadingDeliveries<?> reading = readings.get(rows.getString("topic"));
        Work<?> work = works.get(rows.getString("name"));
        if (reading == null || work == null) {
            throw new IllegalStateException("took what was not asked for");
        }
        return taken(rows, delivery, reading, work);
    }

    // The fold that entrusted it heard this topic: the work takes its events.
    @SuppressWarnings("unchecked")
    private static <E extends Event> TakenWork<E> taken(
            ResultSet rows, Delivery delivery, ReadingDeliveries<E> reading, Work<?> work)
            throws SQLException {
        return new TakenWork<>(
                rows.getLong("id"),
                rows.getLong("fence"),
                rows.getInt("attempts"),
                rows.getBoolean("abandoned"),
                (Work<E>) work,
                KeptDeliveries.incoming(rows, delivery, reading));
    }

    private static void requireOurFault(String doing, Throwable e) {
        if (Trouble.of(e) != Trouble.MESSAGE) {
            throw InfrastructureTrouble.of(doing, e);
        }
    }
}
