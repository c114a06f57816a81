package io.farandole.gateway.eligibility;

import io.farandole.gateway.eligibility.Wish.MixedBy;
import io.farandole.gateway.offers.OfferFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of each kind in turn, so that no kind fills an answer: the largest kind begins, of two that
 * are as large the one with the better best. Within a kind the order stays.
 */
public final class Mixing {

    private Mixing() {}

    /** The same offers, mixed; they come best first. */
    public static List<OfferFacts> mixed(List<OfferFacts> offers, MixedBy by) {
        Map<String, List<OfferFacts>> kinds = new LinkedHashMap<>();
        for (OfferFacts offer : offers) {
            kinds.computeIfAbsent(kind(offer, by), _ -> new ArrayList<>()).add(offer);
        }
        // The sort is stable: kinds of the same size stay in the order of their best.
        List<Iterator<OfferFacts>> turns =
                kinds.values().stream()
                        .sorted(Comparator.comparingInt(kind -> -kind.size()))
                        .map(List::iterator)
                        .toList();
        List<OfferFacts> mixed = new ArrayList<>(offers.size());
        while (mixed.size() < offers.size()) {
            for (Iterator<OfferFacts> turn : turns) {
                if (turn.hasNext()) {
                    mixed.add(turn.next());
                }
            }
        }
        return mixed;
    }

    /** What nobody said the kind of is told apart by its first category. */
    private static String kind(OfferFacts offer, MixedBy by) {
        String first = offer.categories().isEmpty() ? "" : offer.categories().getFirst();
        String said =
                switch (by) {
                    case SUBCATEGORY -> offer.subcategory();
                    case SEARCH_GROUP -> offer.searchGroup();
                    case CATEGORY -> first;
                };
        return said == null ? first : said;
    }
}
