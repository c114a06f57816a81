package io.farandole.gateway.offers;

import io.farandole.events.CatalogueEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An offer, each part as it was told last, as the catalogue's processor keeps it: events and rows
 * of the catalogue can be put together in any order, any number of times, and give the same.
 *
 * @param listing absent while it was not listed
 * @param stock units left; absent when unlimited
 * @param approved whether moderation lets it be shown; so until moderation says otherwise
 * @param withdrawals by item, for an offer may come to belong to another one
 */
record KeptOffer(
        String offer,
        @Nullable Listing listing,
        Told listed,
        @Nullable Integer stock,
        Told stocked,
        boolean approved,
        Told moderated,
        Map<String, Told> withdrawals) {

    KeptOffer {
        withdrawals = Map.copyOf(withdrawals);
    }

    /** What an event says, of an offer of which nothing else is known. */
    static KeptOffer of(CatalogueEvent event, Told by) {
        String offer = event.offer().value();
        return switch (event) {
            case CatalogueEvent.OfferListed told ->
                    new KeptOffer(
                            offer,
                            Listing.of(told),
                            by,
                            told.stock(),
                            by,
                            true,
                            Told.NEVER,
                            Map.of());
            case CatalogueEvent.OfferWithdrawn told ->
                    nothing(offer, Map.of(told.item().value(), by));
            case CatalogueEvent.StockChanged told ->
                    new KeptOffer(
                            offer, null, Told.NEVER, told.stock(), by, true, Told.NEVER, Map.of());
            case CatalogueEvent.OfferModerated told ->
                    new KeptOffer(
                            offer,
                            null,
                            Told.NEVER,
                            null,
                            Told.NEVER,
                            told.approved(),
                            by,
                            Map.of());
        };
    }

    private static KeptOffer nothing(String offer, Map<String, Told> withdrawals) {
        return new KeptOffer(
                offer, null, Told.NEVER, null, Told.NEVER, true, Told.NEVER, withdrawals);
    }

    /** As the catalogue keeps it. */
    static KeptOffer kept(String offer, String item, JsonNode row) {
        Map<String, Told> withdrawals = new HashMap<>();
        row.path("withdrawals")
                .forEachEntry((from, told) -> withdrawals.put(from, Told.kept(told)));
        return new KeptOffer(
                offer,
                Listing.kept(item, row),
                Told.kept(row.path("listed")),
                row.hasNonNull("stock") ? row.path("stock").asInt() : null,
                Told.kept(row.path("stocked")),
                row.path("approved").asBoolean(true),
                Told.kept(row.path("moderated")),
                withdrawals);
    }

    /** Of each part what was told later; what this one has, if it was told as late. */
    KeptOffer or(KeptOffer other) {
        boolean isListedLater = other.listed.isAfter(listed);
        boolean isStockedLater = other.stocked.isAfter(stocked);
        boolean isModeratedLater = other.moderated.isAfter(moderated);
        return new KeptOffer(
                offer,
                isListedLater ? other.listing : listing,
                isListedLater ? other.listed : listed,
                isStockedLater ? other.stock : stock,
                isStockedLater ? other.stocked : stocked,
                isModeratedLater ? other.approved : approved,
                isModeratedLater ? other.moderated : moderated,
                later(withdrawals, other.withdrawals));
    }

    private static Map<String, Told> later(Map<String, Told> some, Map<String, Told> more) {
        if (more.isEmpty()) {
            return some;
        }
        Map<String, Told> all = new HashMap<>(some);
        more.forEach((item, told) -> all.merge(item, told, (a, b) -> b.isAfter(a) ? b : a));
        return all;
    }

    /** Absent while it was not listed, whatever else was told of it. */
    @Nullable OfferFacts facts(KeptItem shared) {
        return listing == null
                ? null
                : new OfferFacts(
                        offer,
                        listing.item(),
                        title(listing, shared),
                        approved && !isWithdrawnFrom(listing.item()),
                        shared.categories(),
                        listing.subcategory(),
                        listing.searchGroup(),
                        listing.priceCents(),
                        listing.minimumAge(),
                        listing.digital(),
                        listing.duo(),
                        stock,
                        listing.bookableUntil(),
                        listing.startsAt(),
                        listed.equals(Told.NEVER) ? null : listed.at(),
                        listing.position());
    }

    private String title(Listing own, KeptItem shared) {
        return Objects.requireNonNullElse(
                own.title(), Objects.requireNonNullElse(shared.title(), offer));
    }

    private boolean isWithdrawnFrom(String item) {
        Told withdrawn = withdrawals.get(item);
        return withdrawn != null && withdrawn.isAfter(listed);
    }
}
