package io.farandole.processors.lists;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a history says of each item, item by item: a model is trained on exactly that, and folds it
 * in. A rating decides; without one, a booking or a favourite counts as five stars. Having only
 * looked at something tells of a kind, not of the item.
 */
public final class Acts {

    private static final double MOST_STARS = 5;

    private Acts() {}

    /**
     * What a user did with an item.
     *
     * @param stars how much the user liked it, from 0.5 to 5; null if that is not known
     * @param had whether it was rated or booked, and so is not recommended again
     * @param viewed whether the user looked at it
     * @param at when something of it was told last
     */
    public record Act(
            String item, @Nullable Double stars, boolean had, boolean viewed, Instant at) {}

    /** One act an item, in the order of the items' ids. */
    public static List<Act> of(History history) {
        List<Act> acts = new ArrayList<>();
        List<Fact> facts = history.facts().sorted();
        int from = 0;
        while (from < facts.size()) {
            String item = facts.get(from).item();
            int to = from + 1;
            while (to < facts.size() && facts.get(to).item().equals(item)) {
                to++;
            }
            acts.add(act(item, facts.subList(from, to)));
            from = to;
        }
        return acts;
    }

    private static Act act(String item, List<Fact> facts) {
        Fact rating = null;
        boolean booked = false;
        boolean favourite = false;
        boolean viewed = false;
        Instant last = Instant.MIN;
        for (Fact fact : facts) {
            if (fact.told().at().isAfter(last)) {
                last = fact.told().at();
            }
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
        if (rating != null) {
            return new Act(item, rating.value(), true, viewed, rating.told().at());
        }
        return new Act(item, booked || favourite ? MOST_STARS : null, booked, viewed, last);
    }
}
