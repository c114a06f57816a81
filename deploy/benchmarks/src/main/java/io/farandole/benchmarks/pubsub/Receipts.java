package io.farandole.benchmarks.pubsub;

import java.time.Duration;
import java.util.BitSet;

/** Which messages arrived; each counts once. */
final class Receipts {

    private static final Duration STILL = Duration.ofSeconds(10);

    private final BitSet arrived = new BitSet();
    private int count;
    private int again;
    private int awaited = Integer.MAX_VALUE;

    /** Says whether it is here for the first time. */
    synchronized boolean add(int number) {
        if (arrived.get(number)) {
            again++;
            return false;
        }
        arrived.set(number);
        count++;
        if (count == awaited) {
            notifyAll();
        }
        return true;
    }

    synchronized int count() {
        return count;
    }

    /** How many of so many have not arrived once nothing arrives any more. */
    synchronized int missing(int expected) throws InterruptedException {
        awaited = expected;
        int before = -1;
        while (count < expected && count > before) {
            before = count;
            wait(STILL.toMillis());
        }
        return expected - count;
    }

    synchronized int again() {
        return again;
    }
}
