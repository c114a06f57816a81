package io.farandole.streams;

import org.jspecify.annotations.Nullable;

/** What became of a message that was folded; the ledger counts each kind apart. */
public sealed interface Outcome {

    Outcome APPLIED = new Applied();

    Outcome PARKED = new Parked();

    record Applied() implements Outcome {}

    /**
     * Too late for its window.
     *
     * @param kept whether it is kept whole, or only counted
     */
    record Late(String reason, boolean kept) implements Outcome {
        public Late(String reason) {
            this(reason, true);
        }
    }

    /**
     * Not a fact that this processor can accept, now or later.
     *
     * @param place where in the message the trouble is
     */
    record Rejected(String reason, String place) implements Outcome {}

    /**
     * Not now: something that it needs is not there yet. It is kept and tried again.
     *
     * @param awaited the row of this processor that is missing, if it is one: the message is tried
     *     again as soon as that row appears
     */
    record Waiting(String reason, @Nullable Row<?> awaited) implements Outcome {
        public Waiting(String reason) {
            this(reason, null);
        }
    }

    /**
     * Not now: an earlier message of its key failed or waits, and order matters. Given by the
     * batch, never by a fold.
     */
    record Parked() implements Outcome {}

    /** The fold failed on it: a fault of ours or a poisonous message. */
    record Failed(Throwable cause) implements Outcome {}
}
