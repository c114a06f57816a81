package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offer, as much of it as decides whether somebody may be shown it.
 *
 * @param item what equivalent offers share
 * @param active neither withdrawn nor refused by moderation
 * @param subcategory finer than its search group; absent when nobody said
 * @param minimumAge in years; absent when everybody may see it
 * @param digital to be had anywhere
 * @param stock units left; absent when unlimited
 * @param bookableUntil absent when until it starts
 * @param startsAt absent for what is no event
 * @param listedAt when it was listed last
 * @param position where it is to be had; absent when that is not known, or anywhere
 */
public record OfferFacts(
        String offer,
        String item,
        String title,
        boolean active,
        List<String> categories,
        @Nullable String subcategory,
        @Nullable String searchGroup,
        int priceCents,
        @Nullable Integer minimumAge,
        boolean digital,
        boolean duo,
        @Nullable Integer stock,
        @Nullable Instant bookableUntil,
        @Nullable Instant startsAt,
        @Nullable Instant listedAt,
        @Nullable Position position) {

    public OfferFacts {
        categories = List.copyOf(categories);
    }

    /** The same, with no more said of its stock than whether there is one left. */
    OfferFacts counted() {
        return stock == null || stock <= 1
                ? this
                : new OfferFacts(
                        offer,
                        item,
                        title,
                        active,
                        categories,
                        subcategory,
                        searchGroup,
                        priceCents,
                        minimumAge,
                        digital,
                        duo,
                        1,
                        bookableUntil,
                        startsAt,
                        listedAt,
                        position);
    }

    /** How far away it is, in metres; NaN when that is not known. */
    public double metresFrom(@Nullable Position asker) {
        return asker == null || position == null ? Double.NaN : asker.metresTo(position);
    }
}
