package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;
import java.util.List;

/** Does long work; may read, write and wait, and must be repeatable. */
@FunctionalInterface
public interface Performing<E extends Event> {

    /**
     * @return what is to be said because of it, in order
     * @throws InterruptedException if it was interrupted: it is performed again, and this attempt
     *     does not count
     * @throws Exception if it failed: it is tried again after a pause
     */
    List<Saying> perform(Message<E> message) throws Exception;
}
