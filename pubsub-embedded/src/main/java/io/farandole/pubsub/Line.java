package io.farandole.pubsub;

import io.farandole.pubsub.QueuedMessage.State;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Work in line. What left before its turn stays where it is and is passed over, until too much of
 * that gathers.
 */
final class Line {

    private final ArrayDeque<Work> works = new ArrayDeque<>();
    private int gone;

    void add(Work work) {
        works.add(work);
    }

    void addFirst(Work work) {
        works.addFirst(work);
    }

    @Nullable Work poll() {
        for (Work work = works.poll(); work != null; work = works.poll()) {
            switch (work) {
                case QueuedMessage message when message.state == State.WAITING -> {
                    return message;
                }
                case QueuedMessage _ -> gone--;
                case KeyedMessages key when key.line == this -> {
                    key.line = null;
                    return key;
                }
                case KeyedMessages _ -> {}
            }
        }
        return null;
    }

    /** A message in this line is gone; payloads of such ones must not pile up. */
    void left() {
        gone++;
        if (gone > 1000 && gone > works.size() / 2) {
            works.removeIf(
                    work ->
                            work instanceof QueuedMessage message
                                    && message.state != State.WAITING);
            gone = 0;
        }
    }
}
