package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.Assortment;
import java.util.List;

/**
 * For whoever has done nothing yet: what is of the kinds that were named at the start, the most
 * popular first. It really comes before all else, however popular that is.
 */
public final class ColdStart {

    private ColdStart() {}

    /** The items that have an offer of a kind that was named. */
    public static List<String> named(Assortment assortment, List<String> kinds) {
        return assortment.itemsOf(kinds);
    }
}
