package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;

/** What is done once for a subject after the last of its messages in a micro-batch was applied. */
@FunctionalInterface
public interface Settling<E extends Event> {
    void settle(Message<E> last, Context context);
}
