package io.farandole.gateway.offers;

import io.farandole.events.CatalogueEvent.OfferListed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is said of an offer when it is listed; what nobody said is absent. */
record Listing(
        String item,
        @Nullable String title,
        int priceCents,
        boolean digital,
        @Nullable Instant startsAt,
        @Nullable String subcategory,
        @Nullable String searchGroup,
        boolean duo,
        @Nullable Integer minimumAge,
        @Nullable Instant bookableUntil,
        @Nullable Position position) {

    static Listing of(OfferListed event) {
        Double latitude = event.latitude();
        Double longitude = event.longitude();
        return new Listing(
                event.item().value(),
                event.title(),
                event.priceCents(),
                event.digital(),
                event.startsAt(),
                event.subcategory(),
                event.searchGroup(),
                Boolean.TRUE.equals(event.duo()),
                event.minimumAge(),
                event.bookableUntil(),
                latitude == null || longitude == null ? null : new Position(latitude, longitude));
    }

    /** As the catalogue keeps it, in the offer's own row. */
    static Listing kept(String item, JsonNode offer) {
        JsonNode details = offer.path("details");
        return new Listing(
                item,
                text(offer, "title"),
                // Listed, or it had no item; and what is listed has a price.
                offer.required("priceCents").asInt(),
                offer.path("digital").asBoolean(false),
                instant(offer, "startsAt"),
                text(details, "subcategory"),
                text(details, "searchGroup"),
                details.path("duo").asBoolean(false),
                details.hasNonNull("minimumAge") ? details.path("minimumAge").asInt() : null,
                instant(details, "bookableUntil"),
                position(details));
    }

    private static @Nullable Position position(JsonNode details) {
        return details.hasNonNull("latitude") && details.hasNonNull("longitude")
                ? new Position(
                        details.path("latitude").asDouble(), details.path("longitude").asDouble())
                : null;
    }

    private static @Nullable String text(JsonNode of, String name) {
        return of.hasNonNull(name) ? of.path(name).asString() : null;
    }

    private static @Nullable Instant instant(JsonNode of, String name) {
        String text = text(of, name);
        return text == null ? null : Instant.parse(text);
    }
}
