package io.farandole.streams.running;

/** How long a worker lets its batch grow before it takes one that is not full. */
@FunctionalInterface
interface Gathering {

    /** Takes whatever waits: what grows a batch is only the work on the one before. */
    Gathering NONE = () -> 0;

    /** Nanoseconds from now; not positive when it is over. */
    long left();
}
