package io.farandole.processors.lists;

import io.farandole.events.Cause;
import io.farandole.recommenders.taste.Pick;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user is recommended in one release.
 *
 * @param model the key of the release's model; absent in lists by taste, and those a release has
 *     too: of users who did nothing that its model has learnt from
 * @param sequence how much of the user's history is in it: of two, the one with more wins
 * @param version one more at each rewriting
 * @param causedBy the source event that the list was last rewritten for
 * @param at when that event happened
 * @param entries best first
 */
public record UserList(
        String release,
        @Nullable String model,
        long sequence,
        int version,
        @Nullable Cause causedBy,
        @Nullable Instant at,
        List<Entry> entries) {

    /**
     * An item in a list.
     *
     * @param score single precision: more would be noise, and is written in full
     */
    public record Entry(String item, float score, Why why) {

        static Entry of(Pick pick, float score) {
            return new Entry(
                    pick.item(),
                    score,
                    new Why(List.of(), pick.categories(), pick.popularityRank()));
        }
    }

    /**
     * Why an item is in a list.
     *
     * @param because items that the user liked, those that spoke for it most first
     * @param categories those that spoke for it, strongest first
     * @param popularity its place among all items by popularity alone, from 1
     */
    public record Why(List<String> because, List<String> categories, int popularity) {}
}
