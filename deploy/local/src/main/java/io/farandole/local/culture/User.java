package io.farandole.local.culture;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Somebody who does not exist.
 *
 * @param taste how much of each genre and search group, beside 1 for all else
 * @param onboarding the subcategories that they named; none if they did not answer
 * @param acts how many there are of them in the history
 */
record User(
        String id,
        LocalDate birthDate,
        Place home,
        Map<String, Double> taste,
        List<String> onboarding,
        int acts) {

    double likes(Item item) {
        return taste.getOrDefault(item.genre(), 1.0)
                * taste.getOrDefault(item.subcategory().group(), 1.0);
    }
}
