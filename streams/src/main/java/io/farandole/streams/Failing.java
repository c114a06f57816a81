package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;
import java.util.List;

/** Says that long work was given up. */
@FunctionalInterface
public interface Failing<E extends Event> {

    /**
     * @param reason why the last attempt failed, in a line
     * @return what is to be said because of it, in order
     */
    List<Saying> fail(Message<E> message, String reason);
}
