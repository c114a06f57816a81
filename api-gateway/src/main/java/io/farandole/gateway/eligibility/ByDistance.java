package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nearest first; what is nobody knows where, or anywhere, behind what is somewhere. */
public final class ByDistance {

    private ByDistance() {}

    public static List<OfferFacts> sorted(List<OfferFacts> offers, @Nullable Position near) {
        return near == null
                ? offers
                : offers.stream()
                        .sorted(Comparator.comparingDouble(offer -> metres(offer, near)))
                        .toList();
    }

    static double metres(OfferFacts offer, @Nullable Position near) {
        double metres = offer.digital() ? Double.NaN : offer.metresFrom(near);
        return Double.isNaN(metres) ? Double.MAX_VALUE : metres;
    }
}
