package io.farandole.pubsub.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock for tests: it stands still until it is told to advance, and then runs everything that
 * falls due on the way, in order, before it returns. So deadlines, back-off, retention and
 * expiration pass in milliseconds.
 *
 * <p>It is the server's time alone: clients keep to the machine's. Several servers can share it,
 * and one that is started again on it finds the time where it was.
 */
public final class TestClock implements InstantSource {

    private static final Logger LOG = LoggerFactory.getLogger(TestClock.class);

    /** In order of when they fall due, and among equals in that of their making. */
    private record Action(long dueMillis, long number, TestTimes owner, Runnable action) {}

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(
                    Comparator.comparingLong(Action::dueMillis).thenComparingLong(Action::number));
    private final List<TestTimes> servers = new ArrayList<>();
    private final ReentrantLock running = new ReentrantLock();
    private long nextNumber;
    private volatile long now;

    private TestClock(Instant start) {
        now = start.toEpochMilli();
    }

    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    /** Begins at the machine's time, and stands still there. */
    public static TestClock atNow() {
        return at(Instant.now());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    /**
     * Lets that much time pass. Everything that falls due meanwhile is run at its own moment, with
     * all that follows from it on the server, before this returns.
     *
     * @throws IllegalArgumentException when time would go back
     * @throws IllegalStateException when what fell due does not come to an end, or fails
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go back: " + duration);
        }
        running.lock();
        try {
            settle();
            runUntil(now + duration.toMillis());
        } finally {
            running.unlock();
        }
    }

    /** As {@link #advance}, up to that moment. */
    public void advanceTo(Instant moment) {
        running.lock();
        try {
            advance(Duration.between(instant(), moment));
        } finally {
            running.unlock();
        }
    }

    /** What a server is given that is to run by this clock. */
    public Times times() {
        TestTimes times = new TestTimes(this);
        synchronized (actions) {
            servers.add(times);
        }
        return times;
    }

    Times.Alarm add(long millis, TestTimes owner, Runnable action) {
        Action made;
        synchronized (actions) {
            if (!servers.contains(owner)) {
                return () -> {};
            }
            made = new Action(now + Math.max(0, millis), nextNumber++, owner, action);
            actions.add(made);
        }
        if (millis <= 0 && !running.isHeldByCurrentThread()) {
            // due already, and its maker may hold a lock that it needs
            var _ = Thread.ofVirtual().name("pubsub-embedded-test-clock").start(this::runDue);
        }
        return () -> forget(made);
    }

    private void forget(Action action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }

    void remove(TestTimes gone) {
        synchronized (actions) {
            servers.remove(gone);
            actions.removeIf(action -> action.owner() == gone);
        }
    }

    private void runDue() {
        running.lock();
        try {
            runUntil(now);
        } catch (RuntimeException e) {
            LOG.error("What was due failed", e);
        } finally {
            running.unlock();
        }
    }

    private void runUntil(long end) {
        for (Action next = takeDue(end); next != null; next = takeDue(end)) {
            now = Math.max(now, next.dueMillis());
            next.action().run();
            settle();
        }
        now = Math.max(now, end);
    }

    private @Nullable Action takeDue(long end) {
        synchronized (actions) {
            Action next = actions.peek();
            return next == null || next.dueMillis() > end ? null : actions.poll();
        }
    }

    private void settle() {
        List<TestTimes> present;
        synchronized (actions) {
            present = List.copyOf(servers);
        }
        present.forEach(TestTimes::settle);
    }
}
