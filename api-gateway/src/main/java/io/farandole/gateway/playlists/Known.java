package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Credit;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the read models have of a user.
 *
 * @param isKnown whether anything is
 * @param movements of the credit
 * @param had what the user has had
 * @param list absent when there is none
 */
record Known(
        boolean isKnown,
        @Nullable LocalDate birthDate,
        List<Credit.Movement> movements,
        List<String> onboarding,
        List<Had> had,
        @Nullable OwnList list) {

    static final Known NOTHING = new Known(false, null, List.of(), List.of(), List.of(), null);

    /**
     * An item that the user has had, and what was spent on it by bookings that were not cancelled.
     *
     * @param isOver whether it is not to be shown again: rated, or booked
     */
    record Had(String item, boolean isOver, long spentCents) {}

    /**
     * A list in the release that is served.
     *
     * @param items best first
     * @param scores by which they are in this order, an entry an item; none where none was kept
     */
    record OwnList(
            String release,
            @Nullable String model,
            int version,
            List<String> items,
            List<Double> scores) {

        Map<String, Double> byItem() {
            if (scores.size() != items.size()) {
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
