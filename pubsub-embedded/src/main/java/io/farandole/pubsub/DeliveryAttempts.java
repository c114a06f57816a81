package io.farandole.pubsub;

import io.farandole.pubsub.QueuedMessage.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how often a message was given back or not acknowledged in time, and gathers those for
 * which that was too often. The counts are the server's own, and begin anew when it is started
 * again.
 */
final class DeliveryAttempts {

    private static final int NO_LIMIT = 0;

    private final List<QueuedMessage> exhausted = new ArrayList<>();
    private int limit = NO_LIMIT;

    /** After so many deliveries a message is given up; 0 for never. */
    void limit(int attempts) {
        limit = attempts;
    }

    /** The number of the delivery that is under way, for receivers; 0 where nothing is limited. */
    int of(QueuedMessage message) {
        return limit == NO_LIMIT ? 0 : message.failures + 1;
    }

    /** A delivery came to nothing. Says whether it was the last one. */
    boolean failed(QueuedMessage message) {
        message.failures++;
        if (limit == NO_LIMIT || message.failures < limit) {
            return false;
        }
        message.state = State.EXHAUSTED;
        exhausted.add(message);
        return true;
    }

    /** Those that were given up since this was asked last, and still are. */
    List<QueuedMessage> takeExhausted() {
        if (exhausted.isEmpty()) {
            return List.of();
        }
        List<QueuedMessage> taken =
                exhausted.stream().filter(one -> one.state == State.EXHAUSTED).toList();
        exhausted.clear();
        return taken;
    }
}
