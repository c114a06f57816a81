package io.farandole.processors.lists;

import io.farandole.events.ActivityEvent;
import io.farandole.recommenders.taste.Assortment;
import io.farandole.recommenders.taste.Taste;

/** What a history says of a user's taste: what is liked speaks for its kind, a look a little. */
final class Liking {

    private Liking() {}

    static Taste of(History history, Assortment assortment) {
        Taste taste = assortment.taste();
        for (Acts.Act act : Acts.of(history)) {
            tell(act, taste);
        }
        history.onboarding().forEach(taste::prefers);
        return taste;
    }

    private static void tell(Acts.Act act, Taste taste) {
        if (act.had()) {
            taste.hasHad(act.item());
        }
        Double stars = act.stars();
        if (stars == null) {
            if (act.viewed()) {
                taste.likes(act.item(), Taste.SLIGHT);
            }
        } else if (stars < ActivityEvent.Rated.POSITIVE_STARS) {
            taste.dislikes(act.item(), Taste.WHOLE);
        } else {
            taste.likes(act.item(), Taste.WHOLE);
        }
    }
}
