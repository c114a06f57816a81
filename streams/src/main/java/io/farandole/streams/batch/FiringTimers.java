package io.farandole.streams.batch;

import io.farandole.streams.BatchFold;
import io.farandole.streams.DueTimer;
import io.farandole.streams.Emission;
import io.farandole.streams.Outcome;
import io.farandole.streams.Row;
import io.farandole.streams.Timer;
import io.farandole.streams.TimerFolding;
import io.farandole.streams.Touched;
import io.farandole.streams.Voice;
import io.farandole.streams.endurance.Reasons;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the timers of one processor that are due, several in one transaction, which also removes
 * them: each fires once, however many instances try at once and whenever one of them is killed.
 */
public final class FiringTimers {

    private static final Logger log = LoggerFactory.getLogger(FiringTimers.class);
    private static final String DUE =
            """
            (select t.* from streams.timer t
             where t.generation = ? and t.name = any (?) and t.domain = 'EVENT_TIME'
               and t.fire_at <= (select max(w.event_time) from streams.watermark w
                                 where w.generation = t.generation)
               and (t.again_at is null or t.again_at <= ?::timestamptz)
             order by t.fire_at limit ?)
            union all
            (select t.* from streams.timer t
             where t.generation = ? and t.name = any (?) and t.domain = 'WALL_CLOCK'
               and t.fire_at <= ?::timestamptz
               and (t.again_at is null or t.again_at <= ?::timestamptz)
             order by t.fire_at limit ?)
            order by fire_at, name, key limit ?
            """;

    private final PreparedProcessor prepared;
    private final TimerFolding folding;
    private final StateRows rows;
    private final Map<String, Timer> timers = new TreeMap<>();

    FiringTimers(PreparedProcessor prepared) {
        this.prepared = prepared;
        this.folding = new TimerFolding(prepared.processor());
        this.rows = new StateRows(prepared.generation(), prepared.processor().stores());
        prepared.processor().timers().forEach(timer -> timers.put(timer.name(), timer));
    }

    /**
     * Fires at most so many that are due, the earliest first.
     *
     * @return how many fired, and what they said; nothing of the ledger
     * @throws InfrastructureTrouble if the database fails; whether they fired is then unknown, and
     *     to try again is right in either case
     */
    public Receipt fireDue(int most) {
        if (timers.isEmpty()) {
            return Receipt.NOTHING;
        }
        return new Isolating<>(this::fire, this::postpone).apply(due(most));
    }

    private List<DueTimer> due(int most) {
        String now = prepared.clock().instant().toString();
        int generation = prepared.generation().id();
        try (Connection connection = prepared.dataSource().getConnection();
                PreparedStatement due = connection.prepareStatement(DUE)) {
            Object names = connection.createArrayOf("text", timers.keySet().toArray());
            Object[] parameters = {
                generation, names, now, most, generation, names, now, now, most, most
            };
            for (int i = 0; i < parameters.length; i++) {
                due.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = due.executeQuery()) {
                List<DueTimer> all = new ArrayList<>();
                while (found.next()) {
                    Timer timer = timers.get(found.getString("name"));
                    if (timer != null) {
                        all.add(TimerRows.due(found, timer, prepared.generation()));
                    }
                }
                return all;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure(
                    "looking for due timers of " + prepared.processor().name(), e);
        }
    }

    private Receipt fire(List<DueTimer> due) throws SQLException {
        Pinned pinned = prepared.references().pin(false);
        List<Touched> touched = folding.declare(due);
        try (PhasedTransaction transaction = new PhasedTransaction(prepared, pinned)) {
            transaction.begin(transaction.beginning());
            HeldRows held = rows.load(transaction.connection(), touched);
            // Only now: a batch that sets them has locked the rows of stores before.
            Map<TimerRows.Name, Boolean> locked = lock(transaction, due);
            List<DueTimer> ours =
                    due.stream().filter(one -> locked.containsKey(TimerRows.Name.of(one))).toList();
            if (ours.isEmpty()) {
                return Receipt.NOTHING;
            }
            BatchFold.Result result =
                    folding.fold(
                            ours,
                            touchedBy(ours, due, touched),
                            held.values(),
                            pinned.values(),
                            held.watermark());
            Receipt receipt =
                    write(transaction, held, ours, result, said(result.emissions(), ours, locked));
            transaction.commit();
            return receipt;
        }
    }

    /** What these declared, of what all did. */
    private static List<Touched> touchedBy(
            List<DueTimer> ours, List<DueTimer> all, List<Touched> touched) {
        IdentityHashMap<DueTimer, Touched> its = new IdentityHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            its.put(all.get(i), touched.get(i));
        }
        return ours.stream().map(its::get).toList();
    }

    private Map<TimerRows.Name, Boolean> lock(PhasedTransaction transaction, List<DueTimer> due)
            throws SQLException {
        Map<TimerRows.Name, Boolean> locked = new HashMap<>();
        RoundTrip locking = new RoundTrip();
        List<DueTimer> sorted =
                due.stream().sorted(Comparator.comparing(TimerRows.Name::of)).toList();
        TimerRows.lock(locking, prepared.generation(), sorted, locked);
        locking.send(transaction.connection());
        return locked;
    }

    /** What of it this generation is to say: each timer has one that does. */
    private static List<Emission> said(
            List<Emission> all, List<DueTimer> ours, Map<TimerRows.Name, Boolean> speaks) {
        Set<Voice> silent = new HashSet<>();
        for (DueTimer one : ours) {
            if (!speaks.getOrDefault(TimerRows.Name.of(one), false)) {
                silent.add(Voice.of(one));
            }
        }
        return all.stream().filter(one -> !silent.contains(one.voice())).toList();
    }

    private Receipt write(
            PhasedTransaction transaction,
            HeldRows held,
            List<DueTimer> ours,
            BatchFold.Result result,
            List<Emission> emissions)
            throws SQLException {
        Generation generation = prepared.generation();
        Sayings sayings =
                new Sayings(
                        prepared.processor(),
                        generation,
                        transaction.now(),
                        emissions,
                        new IdentityHashMap<>());
        Map<DueTimer, String> failed = new HashMap<>();
        for (int i = 0; i < ours.size(); i++) {
            if (result.outcomes().get(i) instanceof Outcome.Failed(Throwable cause)) {
                failed.put(ours.get(i), told(ours.get(i), cause));
            }
        }
        List<DueTimer> fired = ours.stream().filter(one -> !failed.containsKey(one)).toList();
        RoundTrip state = new RoundTrip();
        Set<Row<?>> appeared = rows.write(state, held, result.changes());
        TimerRows.remove(state, generation, fired);
        TimerRows.postpone(
                state,
                generation,
                List.copyOf(failed.keySet()),
                List.copyOf(failed.values()),
                transaction.now());
        TimerRows.write(state, generation, result.timers());
        sayings.number(state);
        state.send(transaction.connection());
        RoundTrip last = new RoundTrip();
        sayings.put(last);
        if (transaction.rowsAreAwaited()) {
            DeadLetters.wake(last, generation, appeared, transaction.now());
        }
        last.send(transaction.connection());
        return new Receipt(0, 0, 0, 0, 0, 0, sayings.size(), 0, fired.size());
    }

    // What it wants to change cannot be stored.
    private Receipt postpone(DueTimer one, Throwable failure) throws SQLException {
        try (PhasedTransaction transaction = new PhasedTransaction(prepared)) {
            transaction.begin(transaction.beginning());
            if (!lock(transaction, List.of(one)).isEmpty()) {
                Instant now = transaction.now();
                RoundTrip only = new RoundTrip();
                TimerRows.postpone(
                        only,
                        prepared.generation(),
                        List.of(one),
                        List.of(told(one, failure)),
                        now);
                only.send(transaction.connection());
                transaction.commit();
            }
            return Receipt.NOTHING;
        }
    }

    private String told(DueTimer one, Throwable failure) {
        log.error(
                "Timer {} of {} failed for {}; it is fired again after a pause",
                one.timer().name(),
                prepared.processor().name(),
                one.firing().key(),
                failure);
        return Storable.reason(Reasons.of(failure));
    }
}
