package io.farandole.streams.batch;

import io.farandole.events.Envelope;
import io.farandole.streams.FoldWatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds folds that do not end. A thread that hangs is interrupted first; if that does not help, its
 * transaction is broken off and it is left to itself, for no thread can be ended from outside. Its
 * message is remembered, so that whoever gets it next puts it aside. While the whole process stood
 * still (stopped, suspended, without a processor) no fold did anything wrong: that time does not
 * count.
 */
public final class HangingFolds implements FoldWatch {

    public static final Duration DEADLINE = Duration.ofSeconds(30);

    /** How long a thread has to answer an interrupt. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** Of looks a second apart: whoever comes so late did not run in between, and nobody did. */
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(HangingFolds.class);

    private final Duration deadline;
    private final LongSupplier nanos;
    private final ThreadLocal<Turn> own = ThreadLocal.withInitial(this::turn);
    // A thread's turn goes with the thread.
    private final Set<Turn> turns =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Set<String> neverEnding = ConcurrentHashMap.newKeySet();
    private volatile long lastLook;

    HangingFolds(Duration deadline) {
        this(deadline, System::nanoTime);
    }

    HangingFolds(Duration deadline, LongSupplier nanos) {
        this.deadline = deadline;
        this.nanos = nanos;
        this.lastLook = nanos.getAsLong();
    }

    private Turn turn() {
        Turn made = new Turn(Thread.currentThread());
        turns.add(made);
        return made;
    }

    @Override
    public void begins(Envelope envelope) {
        if (!neverEnding.isEmpty() && neverEnding.contains(name(envelope))) {
            throw new NeverEnding(deadline);
        }
        own.get().begin(envelope, nanos.getAsLong());
    }

    @Override
    public void ended() {
        own.get().end();
    }

    /** What this thread's transaction is on, to be broken off; null when it is over. */
    void transaction(@Nullable Connection connection) {
        own.get().connection = connection;
    }

    /**
     * Looks for what hangs; to be called every second.
     *
     * @param leaving leaves that thread to itself and has another one go on; false if it is not
     *     known
     */
    public void look(Predicate<Thread> leaving) {
        long now = nanos.getAsLong();
        long pause = now - lastLook;
        lastLook = now;
        for (Turn turn : List.copyOf(turns)) {
            if (pause > STANDSTILL.toNanos()) {
                turn.forgive(pause);
            }
            Envelope envelope = turn.overdue(now - deadline.toNanos());
            if (envelope == null) {
                continue;
            }
            if (turn.strike(envelope, now)) {
                neverEnding.add(name(envelope));
                log.error(
                        "{} does not end with message {} of {} within {}: it is interrupted",
                        turn.thread.getName(),
                        envelope.id(),
                        envelope.source(),
                        deadline);
            } else if (turn.isDeaf(now) && leaving.test(turn.thread)) {
                log.error(
                        "{} is left to itself, and keeps a processor busy until this process ends:"
                                + " message {} of {} is put aside",
                        turn.thread.getName(),
                        envelope.id(),
                        envelope.source());
                turn.leave();
            }
        }
    }

    /** Threads that hang and could not be replaced, with what they hang in. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        for (Turn turn : List.copyOf(turns)) {
            Envelope envelope = turn.overdue(nanos.getAsLong() - deadline.toNanos());
            if (envelope != null) {
                troubles.add(turn.thread.getName() + " does not end with " + name(envelope));
            }
        }
        return troubles;
    }

    private static String name(Envelope envelope) {
        return envelope.source() + " " + envelope.id();
    }

    /** What one thread is at. */
    private static final class Turn {

        private final Thread thread;
        private volatile @Nullable Connection connection;
        private @Nullable Envelope envelope;
        private long since;
        private boolean struck;
        private long struckAt;
        private boolean left;

        Turn(Thread thread) {
            this.thread = thread;
        }

        synchronized void begin(Envelope with, long now) {
            envelope = with;
            since = now;
        }

        synchronized void forgive(long pause) {
            since += pause;
            struckAt += pause;
        }

        // The interrupt was meant for what has ended, not for what follows.
        synchronized void end() {
            envelope = null;
            if (struck) {
                struck = false;
                boolean _ = Thread.interrupted();
            }
        }

        synchronized @Nullable Envelope overdue(long start) {
            return envelope != null && !left && since - start < 0 ? envelope : null;
        }

        synchronized boolean strike(Envelope with, long now) {
            if (struck || !with.equals(envelope)) {
                return false;
            }
            struck = true;
            struckAt = now;
            thread.interrupt();
            return true;
        }

        synchronized boolean isDeaf(long now) {
            return struck && now - struckAt >= GRACE.toNanos();
        }

        void leave() {
            synchronized (this) {
                left = true;
            }
            Connection open = connection;
            if (open != null) {
                try {
                    open.abort(Runnable::run);
                } catch (SQLException e) {
                    log.debug("The transaction of {} could not be broken off", thread, e);
                }
            }
        }
    }
}
