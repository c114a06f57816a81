package io.farandole.processors.catalogue;

import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.CatalogueEvent.OfferModerated;
import io.farandole.streams.Told;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An offer as it is known; each part is as last told, by event time.
 *
 * @param item whose offer it is; absent while it was not listed
 * @param details what only some producers say; absent when this one says none of it
 * @param stock units left; absent when unlimited
 * @param withdrawn whether it can no longer be had
 * @param approved whether moderation lets it be recommended; so until moderation says otherwise
 * @param withdrawals by item, for an offer may come to belong to another one
 */
record Offer(
        String offer,
        @Nullable String item,
        @Nullable String title,
        @Nullable Integer priceCents,
        @Nullable Boolean digital,
        @Nullable String venue,
        @Nullable Instant startsAt,
        @Nullable Details details,
        @Nullable Told listed,
        @Nullable Integer stock,
        @Nullable Told stocked,
        boolean approved,
        @Nullable String reason,
        @Nullable Told moderated,
        boolean withdrawn,
        SortedMap<String, Told> withdrawals) {

    static Offer unknown(String offer) {
        return new Offer(
                offer,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null,
                null,
                false,
                new TreeMap<>());
    }

    Offer listed(OfferListed event, Told by) {
        Offer told =
                by.isAfter(listed)
                        ? new Offer(
                                offer,
                                event.item().value(),
                                event.title(),
                                event.priceCents(),
                                event.digital(),
                                event.venue(),
                                event.startsAt(),
                                Details.of(event),
                                by,
                                stock,
                                stocked,
                                approved,
                                reason,
                                moderated,
                                withdrawn,
                                withdrawals)
                        : this;
        return told.stocked(event.stock(), by).settled();
    }

    Offer stocked(@Nullable Integer units, Told by) {
        return by.isAfter(stocked)
                ? new Offer(
                        offer,
                        item,
                        title,
                        priceCents,
                        digital,
                        venue,
                        startsAt,
                        details,
                        listed,
                        units,
                        by,
                        approved,
                        reason,
                        moderated,
                        withdrawn,
                        withdrawals)
                : this;
    }

    Offer moderated(OfferModerated event, Told by) {
        return by.isAfter(moderated)
                ? new Offer(
                        offer,
                        item,
                        title,
                        priceCents,
                        digital,
                        venue,
                        startsAt,
                        details,
                        listed,
                        stock,
                        stocked,
                        event.approved(),
                        event.reason(),
                        by,
                        withdrawn,
                        withdrawals)
                : this;
    }

    Offer withdrawnFrom(String itemLeft, Told by) {
        SortedMap<String, Told> all = new TreeMap<>(withdrawals);
        all.merge(itemLeft, by, Told::or);
        return with(withdrawn, all).settled();
    }

    private Offer settled() {
        Map<String, Told> all = withdrawals;
        Told left = item == null ? null : all.get(item);
        return with(left != null && left.isAfter(listed), withdrawals);
    }

    private Offer with(boolean isWithdrawn, SortedMap<String, Told> all) {
        return new Offer(
                offer,
                item,
                title,
                priceCents,
                digital,
                venue,
                startsAt,
                details,
                listed,
                stock,
                stocked,
                approved,
                reason,
                moderated,
                isWithdrawn,
                all);
    }
}
