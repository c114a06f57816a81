package io.farandole.processors.personalisation;

import io.farandole.events.CatalogueEvent;
import io.farandole.streams.Told;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item as far as recommending needs it.
 *
 * @param categories as told with the offer that was listed last
 * @param recommendable whether it can be had by an offer that moderation does not hold back
 * @param offers what decides that
 */
record RecommendableItem(
        String item,
        List<String> categories,
        @Nullable Told told,
        boolean recommendable,
        SortedMap<String, OfferState> offers) {

    /** When an offer was told to be there, to be gone, to be fit; each as last told. */
    record OfferState(
            @Nullable Told listed,
            @Nullable Told withdrawn,
            @Nullable Told moderated,
            boolean approved) {

        static final OfferState UNKNOWN = new OfferState(null, null, null, true);

        OfferState listedBy(Told by) {
            return new OfferState(by.or(listed), withdrawn, moderated, approved);
        }

        OfferState withdrawnBy(Told by) {
            return new OfferState(listed, by.or(withdrawn), moderated, approved);
        }

        OfferState moderatedBy(Told by, boolean nowApproved) {
            return by.isAfter(moderated)
                    ? new OfferState(listed, withdrawn, by, nowApproved)
                    : this;
        }

        boolean isRecommendable() {
            return approved
                    && listed != null
                    && (withdrawn == null || listed.compareTo(withdrawn) >= 0);
        }
    }

    static RecommendableItem unknown(String item) {
        return new RecommendableItem(item, List.of(), null, false, new TreeMap<>());
    }

    RecommendableItem and(CatalogueEvent event, Told by) {
        String offer = event.offer().value();
        OfferState before = offers.getOrDefault(offer, OfferState.UNKNOWN);
        return switch (event) {
            case CatalogueEvent.OfferListed listed ->
                    named(listed, by).with(offer, before.listedBy(by));
            case CatalogueEvent.OfferWithdrawn _ -> with(offer, before.withdrawnBy(by));
            case CatalogueEvent.OfferModerated moderated ->
                    with(offer, before.moderatedBy(by, moderated.approved()));
            case CatalogueEvent.StockChanged _ -> this;
        };
    }

    private RecommendableItem named(CatalogueEvent.OfferListed listed, Told by) {
        return by.isAfter(told)
                ? new RecommendableItem(item, listed.categories(), by, recommendable, offers)
                : this;
    }

    private RecommendableItem with(String offer, OfferState state) {
        SortedMap<String, OfferState> all = new TreeMap<>(offers);
        all.put(offer, state);
        return new RecommendableItem(item, categories, told, anyRecommendable(all), all);
    }

    private static boolean anyRecommendable(Map<String, OfferState> offers) {
        return offers.values().stream().anyMatch(OfferState::isRecommendable);
    }
}
