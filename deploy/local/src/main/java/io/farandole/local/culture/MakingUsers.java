package io.farandole.local.culture;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes people of 14 to 20 years. */
final class MakingUsers {

    private static final int YOUNGEST = 14;
    private static final int YEARS = 7;
    private static final int ANSWERED = 80;
    private static final int NEW = 5;
    private static final int USUAL_ACTS = 24;

    private final RandomGenerator random;
    private final LocalDate today;

    MakingUsers(RandomGenerator random, LocalDate today) {
        this.random = random;
        this.today = today;
    }

    User user(int number) {
        Map<String, Double> taste = new HashMap<>();
        TreeSet<String> onboarding = new TreeSet<>();
        for (int liked = 0; liked < 3; liked++) {
            Subcategory subcategory = Subcategory.ALL.get(random.nextInt(Subcategory.ALL.size()));
            taste.merge(subcategory.group(), 4.0, Double::sum);
            onboarding.add(subcategory.id());
            List<String> genres = new ArrayList<>(subcategory.genres());
            taste.merge(genres.get(random.nextInt(genres.size())), 12.0, Double::sum);
        }
        int age = YOUNGEST + random.nextInt(YEARS);
        boolean answered = random.nextInt(100) < ANSWERED;
        return new User(
                Integer.toString(number),
                today.minusYears(age).minusDays(random.nextInt(365)),
                Place.somewhere(random),
                Map.copyOf(taste),
                answered ? List.copyOf(onboarding) : List.of(),
                // Some came today.
                random.nextInt(100) < NEW
                        ? 0
                        : 4 + (int) (-Math.log(1 - random.nextDouble()) * USUAL_ACTS));
    }
}
