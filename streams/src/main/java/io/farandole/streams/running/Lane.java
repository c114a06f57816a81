package io.farandole.streams.running;

import io.farandole.streams.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits for one worker. Its length is bounded by the subscription's flow control.
 *
 * <p>Once something was given back, nothing later of its key is taken before it comes again: the
 * broker gives later ones out anew after it, and those that it had sent already are given back too.
 */
final class Lane {

    /** Another instance may have got what was given back here. */
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(15);

    /** The client prolongs a lease for an hour; a little less is safe. */
    private static final Duration LEASE = Duration.ofMinutes(59);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, String> firstGivenBack = new HashMap<>();
    private long givenBackAt;
    private final LongSupplier nanos;
    private int wanted = 1;
    private boolean closed;

    Lane() {
        this(System::nanoTime);
    }

    Lane(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * False when the delivery has to be given back: the lane is closed, or an earlier one lacks.
     */
    boolean offer(Held held) {
        lock.lock();
        try {
            giveBackIfLeasesAreOver();
            if (closed || isTooEarly(held.delivery())) {
                return false;
            }
            waiting.add(new Waiting(held, nanos.getAsLong()));
            if (waiting.size() == 1 || waiting.size() == wanted) {
                changed.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whatever waits, in order, at most so many; waits for the first one. Empty only when closed.
     */
    List<Held> take(int most) throws InterruptedException {
        return take(most, Gathering.NONE);
    }

    /** The same, but while one gathers only as many as that. */
    List<Held> take(int most, Gathering gathering) throws InterruptedException {
        lock.lock();
        try {
            wanted = most;
            while (!closed && waiting.size() < most) {
                long left = gathering.left();
                if (waiting.isEmpty()) {
                    changed.await();
                } else if (left > 0) {
                    long _ = changed.awaitNanos(left);
                } else {
                    break;
                }
            }
            List<Held> batch = new ArrayList<>(Math.min(most, waiting.size()));
            while (!closed && batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.remove().held());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives back what was taken and everything behind it: applying what waits before these come
     * again would break the order of a key.
     */
    void giveBackAll(List<Held> taken) {
        List<Held> all = new ArrayList<>(taken);
        lock.lock();
        try {
            waiting.forEach(one -> all.add(one.held()));
            waiting.clear();
            givenBackAt = nanos.getAsLong();
            for (Held held : all) {
                Delivery delivery = held.delivery();
                firstGivenBack.putIfAbsent(delivery.orderingKey(), delivery.messageId());
            }
        } finally {
            lock.unlock();
        }
        all.forEach(Held::giveBack);
    }

    /** Waits so long, or until the lane is closed: then true. */
    boolean awaitClosed(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** No more is taken or offered. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was never taken, to be given back; empties the lane. */
    List<Held> leftOver() {
        lock.lock();
        try {
            List<Held> left = waiting.stream().map(Waiting::held).toList();
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    // In a long trouble of the database nothing is taken; the client counts what it does not lease
    // any more as gone and brings more, without end.
    private void giveBackIfLeasesAreOver() {
        Waiting oldest = waiting.peek();
        if (oldest != null && nanos.getAsLong() - oldest.since() > LEASE.toNanos()) {
            giveBackAll(List.of());
        }
    }

    private boolean isTooEarly(Delivery delivery) {
        if (firstGivenBack.isEmpty()) {
            return false;
        }
        if (nanos.getAsLong() - givenBackAt > LONGEST_ABSENCE.toNanos()) {
            firstGivenBack.clear();
            return false;
        }
        String key = delivery.orderingKey();
        String first = firstGivenBack.get(key);
        if (first != null && first.equals(delivery.messageId())) {
            firstGivenBack.remove(key);
            return false;
        }
        return first != null;
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private record Waiting(Held held, long since) {}
}
