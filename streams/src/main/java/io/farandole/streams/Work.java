package io.farandole.streams;

import io.farandole.events.Event;

/**
 * What takes too long for a batch's transaction, such as a training: a fold {@link Context#entrust
 * entrusts} its message to it, the message is queued with the batch, and performed after the
 * commit, outside any transaction. What performing it returns is said in the transaction that marks
 * it done.
 *
 * <p>It is performed at least once, by one instance at a time as far as leases tell, and takes
 * effect once. So it must be repeatable: the same message makes the same things, and making them
 * again does no harm.
 *
 * @param name in the words of a table's name; unique within its processor
 * @param performing does it; interrupted when the process ends or its lease was lost
 * @param failing what is to be said when the last attempt has failed
 * @param attempts how often it is tried; 0 for as often as it takes
 */
public record Work<E extends Event>(
        String name, Performing<E> performing, Failing<E> failing, int attempts) {

    public Work {
        if (attempts < 0) {
            throw new IllegalArgumentException(
                    "work " + name + " cannot be tried " + attempts + " times; 0 is for ever");
        }
    }

    /** Whether a work that failed so often is given up. */
    public boolean isGivenUpAfter(int failures) {
        return attempts > 0 && failures >= attempts;
    }
}
