package io.farandole.streams.batch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which a batch reads its generation's phase: batches share it, a switch of
 * generations takes it alone, so that no batch straddles a switch.
 */
final class PhaseLock {

    // Impatience too: what waits for a lock, or holds one while its process sleeps, is given up.
    // And plans for few rows by key: a batch never wants a whole table, but a plan made while the
    // table was empty, and kept, would read it whole for ever.
    private static final String SHARE =
            """
            select set_config('lock_timeout', '20s', true),
                   set_config('idle_in_transaction_session_timeout', '60s', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true),
                   pg_advisory_xact_lock_shared(?, ?)
            """;

    // A statement of its own, so that it sees what was committed before the lock was given.
    private static final String PHASE =
            """
            select g.phase,
                   exists (select from streams.dead_letter d
                           where d.generation = g.id and d.awaits is not null
                             and d.cause = 'WAITING' and d.status = 'OPEN'),
                   g.fed,
                   exists (select from streams.owed o where o.generation = g.id),
                   g.replayed_until
            from streams.generation g where g.id = ?
            """;

    private final Generation generation;
    private String phase = "missing";
    private boolean awaited;
    private boolean fed;
    private boolean owing;
    private @Nullable Instant replayedUntil;

    PhaseLock(Generation generation) {
        this.generation = generation;
    }

    void take(RoundTrip roundTrip) {
        roundTrip
                .run(SHARE, PhaseLocks.SPACE, PhaseLocks.keyOf(generation.processor()))
                .read(this::read, PHASE, generation.id());
    }

    /** Refuses to go on in a generation that takes no events. */
    void requireOpen() {
        if (!fed) {
            throw new InfrastructureTrouble(
                    "generation "
                            + generation.number()
                            + " of processor "
                            + generation.processor()
                            + " is "
                            + phase
                            + " and is being dropped: nothing is applied to it any more",
                    null);
        }
    }

    /** Whether messages wait for rows of this generation to appear. */
    boolean isAwaited() {
        return awaited;
    }

    /** Whether this generation is the one that speaks. */
    boolean says() {
        return phase.equals("ACTIVE");
    }

    /** Whether there are events for which that is not so. */
    boolean isOwing() {
        return owing;
    }

    /** Whether what was published then may be brought once more. */
    boolean replays(Instant published) {
        return replayedUntil != null && published.isBefore(replayedUntil);
    }

    /** What was published before then may be brought once more; null for nothing. */
    @Nullable Instant replayedUntil() {
        return replayedUntil;
    }

    private void read(ResultSet rows) throws SQLException {
        phase = rows.getString(1);
        awaited = rows.getBoolean(2);
        fed = rows.getBoolean(3);
        owing = rows.getBoolean(4);
        OffsetDateTime until = rows.getObject(5, OffsetDateTime.class);
        replayedUntil = until == null ? null : until.toInstant();
    }
}
