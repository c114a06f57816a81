package io.farandole.processors.personalisation;

import io.farandole.events.Cause;
import io.farandole.recommenders.taste.Pick;
import java.time.Instant;
import java.util.List;

/**
 * What a user is recommended.
 *
 * @param version one more at each rewriting
 * @param causedBy the source event that the list was last rewritten for
 * @param at when that event happened
 * @param entries best first
 */
record UserList(String user, int version, Cause causedBy, Instant at, List<Entry> entries) {

    /**
     * An item in a list.
     *
     * @param score single precision: more would be noise, and is written in full
     */
    record Entry(String item, float score, Why why) {

        static Entry of(Pick pick) {
            return new Entry(
                    pick.item(),
                    (float) pick.score(),
                    new Why(pick.categories(), (float) pick.popularity()));
        }
    }

    /**
     * Why an item is in a list.
     *
     * @param categories those that spoke for it, strongest first
     * @param popularity how popular it is, as a part of the most popular item's popularity
     */
    record Why(List<String> categories, float popularity) {}
}
