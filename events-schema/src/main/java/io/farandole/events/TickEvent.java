package io.farandole.events;

import java.time.Instant;

/** Times that were waited for. */
public sealed interface TickEvent extends Event {

    /** The name of what is due. */
    String schedule();

    /** A schedule is due: said twice of the same time, by whoever, it is the same event. */
    record Due(String schedule, Instant due) implements TickEvent {
        public Due {
            Facts.identifier("schedule", schedule);
            Facts.instant("due", due);
        }
    }
}
