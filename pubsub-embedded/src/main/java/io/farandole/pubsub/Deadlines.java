package io.farandole.pubsub;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When which message is due, in steps of a tenth of a second; to set and to clear costs nothing per
 * waiting message.
 */
final class Deadlines {

    static final long NONE = Long.MAX_VALUE;
    private static final long STEP = 100;

    /** Those that are due at one step, as a linked list through the messages. */
    static final class Due {
        private final long at;
        private @Nullable QueuedMessage first;
        private @Nullable QueuedMessage last;

        private Due(long at) {
            this.at = at;
        }
    }

    private final TreeMap<Long, Due> steps = new TreeMap<>();

    void set(QueuedMessage message, long millis) {
        long at = Math.ceilDiv(millis, STEP) * STEP;
        if (message.due != null) {
            if (message.due.at == at) {
                return;
            }
            clear(message);
        }
        Due due = steps.computeIfAbsent(at, Due::new);
        message.due = due;
        message.dueBefore = due.last;
        if (due.last == null) {
            due.first = message;
        } else {
            due.last.dueAfter = message;
        }
        due.last = message;
    }

    void clear(QueuedMessage message) {
        Due due = message.due;
        if (due == null) {
            return;
        }
        if (message.dueBefore == null) {
            due.first = message.dueAfter;
        } else {
            message.dueBefore.dueAfter = message.dueAfter;
        }
        if (message.dueAfter == null) {
            due.last = message.dueBefore;
        } else {
            message.dueAfter.dueBefore = message.dueBefore;
        }
        message.due = null;
        message.dueBefore = null;
        message.dueAfter = null;
        if (due.first == null) {
            steps.remove(due.at);
        }
    }

    /** Takes out one message that is due. */
    @Nullable QueuedMessage poll(long now) {
        Map.Entry<Long, Due> earliest = steps.firstEntry();
        if (earliest == null || earliest.getKey() > now) {
            return null;
        }
        QueuedMessage message = earliest.getValue().first;
        if (message != null) {
            clear(message);
        }
        return message;
    }

    long earliest() {
        return steps.isEmpty() ? NONE : steps.firstKey();
    }
}
