package io.farandole.benchmarks.pubsub;

import java.util.BitSet;

/** Which messages arrived; each counts once. */
final class Receipts {

    private final BitSet arrived = new BitSet();
    private int again;

    /** Says whether it is here for the first time. */
    synchronized boolean add(int number) {
        if (arrived.get(number)) {
            again++;
            return false;
        }
        arrived.set(number);
        return true;
    }

    synchronized int count() {
        return arrived.cardinality();
    }

    synchronized int again() {
        return again;
    }
}
