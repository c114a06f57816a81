package io.farandole.gateway.playlists;

import com.google.common.primitives.ImmutableDoubleArray;
import io.farandole.gateway.eligibility.Credit;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the read models have of a user.
 *
 * @param isKnown whether anything is
 * @param movements of the credit
 * @param past what the user has had to do with
 * @param list absent when there is none
 */
record Known(
        boolean isKnown,
        @Nullable LocalDate birthDate,
        List<Credit.Movement> movements,
        List<String> onboarding,
        Past past,
        @Nullable OwnList list) {

    static final Known NOTHING = new Known(false, null, List.of(), List.of(), Past.NONE, null);

    /**
     * Items that the user has had to do with.
     *
     * @param items how many
     * @param over those that are not to be shown again: rated, or booked and not cancelled
     * @param spent what bookings cost that were not cancelled
     */
    record Past(int items, Set<String> over, List<Spent> spent) {
        static final Past NONE = new Past(0, Set.of(), List.of());
    }

    /** What was spent on an item. */
    record Spent(String item, long cents) {}

    /**
     * A list in the release that is served.
     *
     * @param canary the release that is tried now, be it this one or not
     * @param items best first
     * @param scores by which they are in this order, an entry an item; none where none was kept
     */
    record OwnList(
            String release,
            @Nullable String model,
            int version,
            @Nullable String canary,
            List<String> items,
            ImmutableDoubleArray scores) {

        Map<String, Double> byItem() {
            if (scores.length() != items.size()) {
                return Map.of();
            }
            Map<String, Double> byItem = HashMap.newHashMap(items.size());
            for (int i = 0; i < items.size(); i++) {
                byItem.putIfAbsent(items.get(i), scores.get(i));
            }
            return byItem;
        }
    }
}
