package io.farandole.pubsub.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Something that stalls until it is closed; what wanted to get on meanwhile then does, in order.
 */
public final class Frozen implements AutoCloseable {

    private final Faults faults;
    private final Place place;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean thawing;
    private boolean thawed;

    Frozen(Faults faults, Place place) {
        this.faults = faults;
        this.place = place;
    }

    Place place() {
        return place;
    }

    /** How much is held back. */
    public synchronized int held() {
        return held.size();
    }

    /** Says whether it was held back; otherwise it is to be done now. */
    synchronized boolean hold(Runnable what) {
        if (!thawed) {
            held.add(what);
        }
        return !thawed;
    }

    /** Thaws it. What arrives while that goes on waits its turn behind what was held back. */
    @Override
    public void close() {
        synchronized (this) {
            if (thawing) {
                return;
            }
            thawing = true;
        }
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
        faults.thawed(this);
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = held.poll();
        thawed = next == null;
        return next;
    }
}
