package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.ByDistance;
import io.farandole.gateway.eligibility.Mixing;
import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.scenarios.Scenario;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Chooses among candidates what may be shown, one offer an item, and puts it in order. */
final class Choosing {

    /** As many as the old API mixed. */
    static final int PRESELECTED = 150;

    private Choosing() {}

    /**
     * What may be shown of each tier, in the tier's order; as many as are mixed.
     *
     * @param tiers items, those of the first before those of the second
     * @param not items that are left out
     */
    static List<List<OfferFacts>> eligible(
            List<List<String>> tiers, Predicate<String> not, Assortment assortment, Asking asking) {
        int left = Math.max(PRESELECTED, asking.wish().size());
        Set<String> seen = new HashSet<>();
        List<List<OfferFacts>> parts = new ArrayList<>();
        for (List<String> tier : tiers) {
            List<OfferFacts> part = new ArrayList<>();
            if (assortment.isAll(tier)) {
                addAny(
                        part,
                        left,
                        item -> seen.contains(item) || not.test(item),
                        assortment,
                        asking);
                // It has every item: nothing can come behind it.
                left = 0;
            } else {
                for (String item : tier) {
                    if (part.size() >= left) {
                        break;
                    }
                    if (seen.add(item) && !not.test(item)) {
                        OfferFacts best = OnePerItem.best(assortment.offersOf(item), asking);
                        if (best != null) {
                            part.add(best);
                        }
                    }
                }
            }
            left = Math.max(0, left - part.size());
            parts.add(part);
        }
        return parts;
    }

    // For some people all there is is looked through: without looking each item up, and without
    // what cannot be paid, or is somewhere else.
    private static void addAny(
            List<OfferFacts> part,
            int most,
            Predicate<String> not,
            Assortment assortment,
            Asking asking) {
        long payable = Math.max(0, asking.person().purse().all());
        BitSet candidates = assortment.candidates(payable == 0, asking.wish().where().zone());
        for (int place = candidates.nextSetBit(0);
                place >= 0 && part.size() < most;
                place = candidates.nextSetBit(place + 1)) {
            if (assortment.cheapestAt(place) <= payable) {
                OfferFacts offer = OnePerItem.best(assortment.offersAt(place), asking);
                if (offer != null && !not.test(offer.item())) {
                    part.add(offer);
                }
            }
        }
    }

    /** The first of each, then the second of each. */
    static List<String> inTurn(List<List<String>> lists) {
        List<String> all = new ArrayList<>();
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int place = 0; place < longest; place++) {
            for (List<String> list : lists) {
                if (place < list.size()) {
                    all.add(list.get(place));
                }
            }
        }
        return all;
    }

    /**
     * As it was wished: each part boosted, shuffled and mixed, then all cut, and by distance.
     *
     * @param chance where shuffling takes its numbers from
     * @param size may be more than was wished, for those that are found to be gone
     */
    static List<OfferFacts> ordered(
            List<List<OfferFacts>> parts, Asking asking, long chance, int size) {
        List<OfferFacts> offers = new ArrayList<>();
        ranked(parts, asking.wish().scenario().scenario())
                .forEach(part -> offers.addAll(mixed(part, asking.wish().order(), chance)));
        List<OfferFacts> cut = offers.subList(0, Math.min(size, offers.size()));
        return asking.wish().order().byDistance()
                ? ByDistance.sorted(cut, asking.wish().where().near())
                : cut;
    }

    /** A boost leads from one part into another: with boosts there is one. */
    private static List<List<OfferFacts>> ranked(List<List<OfferFacts>> parts, Scenario scenario) {
        return scenario.boost().isEmpty()
                ? parts
                : List.of(scenario.boosted(parts.stream().flatMap(List::stream).toList()));
    }

    private static List<OfferFacts> mixed(List<OfferFacts> part, Wish.Order order, long chance) {
        if (order.mixedBy() == null) {
            return part;
        }
        List<OfferFacts> offers = new ArrayList<>(part);
        if (order.shuffled()) {
            Collections.shuffle(offers, new Random(chance));
        }
        return Mixing.mixed(offers, order.mixedBy());
    }
}
