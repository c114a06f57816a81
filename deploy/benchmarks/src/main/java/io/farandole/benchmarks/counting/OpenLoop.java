package io.farandole.benchmarks.counting;

import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a thousand events a second, whatever became of those before: a slow one does not hold back
 * the next and so hide itself.
 */
final class OpenLoop {

    static final int PER_SECOND = 1_000;

    private static final long PAUSE_NANOS = 1_000_000_000L / PER_SECOND;

    private final Course course;
    private final Iterator<Fact> facts;
    private final Tally tally;
    private int sent;

    OpenLoop(Course course, Workload workload) {
        this(course, workload.facts(), new Tally());
    }

    /**
     * @param tally of what was sent before these
     */
    OpenLoop(Course course, Iterator<Fact> facts, Tally tally) {
        this.course = course;
        this.facts = facts;
        this.tally = tally;
    }

    /** Told of an event before it is sent. */
    interface Before {
        void send(Fact fact, int count, long dueNanos);
    }

    void run(Before before) {
        long begin = System.nanoTime();
        for (int number = 0; facts.hasNext() && !Thread.currentThread().isInterrupted(); number++) {
            long due = begin + number * PAUSE_NANOS;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            Fact fact = facts.next();
            before.send(fact, tally.add(fact), due);
            course.send(fact);
            sent++;
        }
    }

    /** What has to be counted; to be asked when it does not run any more. */
    Tally tally() {
        return tally;
    }

    int sent() {
        return sent;
    }
}
