package io.farandole.streams.endurance;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread whose work ends by returning alone: when anything thrown ended it, that can be seen, and
 * it can be started again.
 */
public final class LastingThread {

    private static final Logger log = LoggerFactory.getLogger(LastingThread.class);

    private static final Set<Thread> LEFT =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;
    private volatile boolean returned;
    private volatile @Nullable Throwable fault;

    public LastingThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public String name() {
        return name;
    }

    // A platform thread: there are only a few of them, and a thread dump shows them by name.
    public synchronized void start() {
        thread = Thread.ofPlatform().name(name).start(this::work);
    }

    /** Starts it again if it died. */
    public synchronized void revive() {
        if (hasDied()) {
            log.error("{} ended unexpectedly and is started again", name, fault);
            start();
        }
    }

    public boolean isRunBy(Thread other) {
        return other.equals(thread);
    }

    /**
     * Leaves the thread that runs it to itself, which does not end, and starts another; the work
     * has to end where it {@link #isLeft}.
     */
    public synchronized void leave() {
        Thread now = thread;
        if (now != null) {
            LEFT.add(now);
            start();
        }
    }

    /** Whether the thread that asks was left to itself: another one does its work. */
    public static boolean isLeft() {
        return !LEFT.isEmpty() && LEFT.contains(Thread.currentThread());
    }

    /** Why it does not work, if it died. */
    public @Nullable String trouble() {
        if (!hasDied()) {
            return null;
        }
        Throwable why = fault;
        return "its thread ended and is started again: "
                + (why == null ? "for a reason not known" : Reasons.of(why));
    }

    /** Whether it ended before the deadline, in terms of {@link System#nanoTime()}. */
    public boolean ends(long deadline) {
        Thread now = thread;
        if (now == null) {
            return true;
        }
        try {
            return now.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void interrupt() {
        Thread now = thread;
        if (now != null) {
            now.interrupt();
        }
    }

    private boolean hasDied() {
        Thread now = thread;
        return now != null && !now.isAlive() && !returned;
    }

    private void work() {
        try {
            work.run();
            returned |= !isLeft();
        } catch (Throwable whatever) {
            fault = isLeft() ? fault : whatever;
        }
    }
}
