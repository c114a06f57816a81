package io.farandole.local.culture;

import io.farandole.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a user has done, and what is left of it.
 *
 * @param happened in order of time
 * @param bookedItems booked and not cancelled
 * @param creditCents left to spend
 * @param digitalCents of what was spent, on what can be had anywhere
 */
record Life(
        User user,
        List<Happening> happened,
        Set<String> bookedItems,
        int creditCents,
        int digitalCents) {

    /**
     * An event, and what tells it from all others.
     *
     * @param id within its source
     */
    record Happening(Instant at, String id, Event event) {}
}
