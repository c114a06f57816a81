package io.farandole.pubsub;

import io.farandole.pubsub.QueuedMessage.State;
import org.jspecify.annotations.Nullable;

/** Who has which message, and until when; and until when others rest. */
final class Leases {

    private final Deadlines deadlines = new Deadlines();
    private long next;
    private int held;
    private long handedOut;
    private long handedOutAgain;

    Leases(long first) {
        this.next = first;
    }

    void begin(QueuedMessage message, Receiver receiver, long deadline) {
        message.state = State.LEASED;
        message.lease = next++;
        message.receiver = receiver;
        if (message.handedOut++ > 0) {
            handedOutAgain++;
        }
        handedOut++;
        held++;
        receiver.took(message.message);
        deadlines.set(message, deadline);
    }

    /** Says whether there was one. */
    boolean end(QueuedMessage message) {
        Receiver receiver = message.receiver;
        if (receiver == null) {
            return false;
        }
        deadlines.clear(message);
        message.receiver = null;
        receiver.gaveBack(message.message);
        held--;
        return true;
    }

    void extend(QueuedMessage message, long deadline) {
        deadlines.set(message, deadline);
    }

    void rest(QueuedMessage message, long until) {
        message.state = State.BACKING_OFF;
        deadlines.set(message, until);
    }

    void endRest(QueuedMessage message) {
        deadlines.clear(message);
    }

    /** Takes out one message whose lease or rest is over. */
    @Nullable QueuedMessage poll(long now) {
        return deadlines.poll(now);
    }

    /** When something is over next; {@link Deadlines#NONE} if never. */
    long nextDeadline() {
        return deadlines.earliest();
    }

    /** The number of the next lease. */
    long next() {
        return next;
    }

    int held() {
        return held;
    }

    long handedOut() {
        return handedOut;
    }

    long handedOutAgain() {
        return handedOutAgain;
    }
}
