package io.farandole.processors.personalisation;

import io.farandole.events.ActivityEvent;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.Taste;
import java.util.List;

/**
 * What a history says of a user's taste: a rating decides; without one, a booking or a favourite is
 * liking, and having looked is a slight one. Rated and booked items were had.
 */
final class Liking {

    private Liking() {}

    static Taste of(History history, Assortment assortment) {
        Taste taste = assortment.taste();
        List<Fact> facts = history.facts().sorted();
        int from = 0;
        while (from < facts.size()) {
            String item = facts.get(from).item();
            int to = from + 1;
            while (to < facts.size() && facts.get(to).item().equals(item)) {
                to++;
            }
            tell(item, facts.subList(from, to), taste);
            from = to;
        }
        history.onboarding().forEach(taste::prefers);
        return taste;
    }

    private static void tell(String item, List<Fact> facts, Taste taste) {
        Fact rating = null;
        boolean booked = false;
        boolean favourite = false;
        boolean viewed = false;
        for (Fact fact : facts) {
            if (fact.isBooking()) {
                booked |= fact.isSo();
            } else {
                switch (fact.thing()) {
                    case Fact.RATING -> rating = fact;
                    case Fact.FAVOURITE -> favourite = fact.isSo();
                    case Fact.VIEW -> viewed = true;
                    default -> throw new IllegalStateException("unknown thing in " + fact);
                }
            }
        }
        if (rating != null || booked) {
            taste.hasHad(item);
        }
        if (rating != null && rating.value() < ActivityEvent.Rated.POSITIVE_STARS) {
            taste.dislikes(item, Taste.WHOLE);
        } else if (rating != null || booked || favourite) {
            taste.likes(item, Taste.WHOLE);
        } else if (viewed) {
            taste.likes(item, Taste.SLIGHT);
        }
    }
}
