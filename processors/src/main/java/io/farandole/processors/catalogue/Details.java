package io.farandole.processors.catalogue;

import io.farandole.events.CatalogueEvent.OfferListed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What only some producers say of an offer, as last told.
 *
 * @param minimumAge in years
 * @param latitude in degrees (WGS 84), as the longitude
 */
record Details(
        @Nullable String subcategory,
        @Nullable String searchGroup,
        @Nullable Boolean duo,
        @Nullable Integer minimumAge,
        @Nullable Instant bookableUntil,
        @Nullable Double latitude,
        @Nullable Double longitude) {

    private static final Details NONE = new Details(null, null, null, null, null, null, null);

    /** Null when none of it is said. */
    static @Nullable Details of(OfferListed event) {
        Details details =
                new Details(
                        event.subcategory(),
                        event.searchGroup(),
                        event.duo(),
                        event.minimumAge(),
                        event.bookableUntil(),
                        event.latitude(),
                        event.longitude());
        return details.equals(NONE) ? null : details;
    }
}
