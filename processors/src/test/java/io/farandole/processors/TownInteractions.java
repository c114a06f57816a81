package io.farandole.processors;

import io.farandole.recommenders.dataset.Interaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a small town of several kinds of people liked: each kind one film in so many. */
public final class TownInteractions {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private TownInteractions() {}

    public static List<Interaction> of(int kinds, int users, int films, int each) {
        List<Interaction> interactions = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int number = 0; number < each; number++) {
                int place = (user / kinds * 7 + number * 3) % (films / kinds);
                interactions.add(
                        new Interaction(
                                "user-" + user,
                                "film-" + (place * kinds + user % kinds),
                                5,
                                START.plusSeconds(3_600L * (number * users + user))));
            }
        }
        return interactions;
    }
}
