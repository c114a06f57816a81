package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Finds new items that may be tried: without being tried, nobody would learn who likes them. */
final class Trials {

    /** So many are looked at for one answer. */
    static final int LOOKS = 200;

    /** So many are enough to choose from. */
    static final int ENOUGH = 20;

    private final AtomicReference<NewItems> atHand =
            new AtomicReference<>(new NewItems(Instant.MIN, Duration.ZERO, List.of()));

    /** Those of one state of the assortment. */
    private record NewItems(Instant of, Duration newFor, List<String> items) {}

    /**
     * What may be tried.
     *
     * @param eligible how many there are, of which these are some: counted if all were looked at,
     *     else estimated by those that were
     */
    record Pool(List<OfferFacts> offers, double eligible) {

        static final Pool EMPTY = new Pool(List.of(), 0);
    }

    /**
     * Looks from a place on that chance decides, so that each is as likely as any other.
     *
     * @param not items that are left out
     */
    Pool pool(Assortment assortment, Asking asking, Predicate<String> not, RandomGenerator random) {
        List<String> items =
                newItems(assortment, asking.wish().scenario().scenario().explore().newFor());
        if (items.isEmpty()) {
            return Pool.EMPTY;
        }
        List<OfferFacts> found = new ArrayList<>();
        int start = random.nextInt(items.size());
        int most = Math.min(LOOKS, items.size());
        int looked = 0;
        while (looked < most && found.size() < ENOUGH) {
            String item = items.get((start + looked) % items.size());
            looked++;
            if (!not.test(item)) {
                OnePerItem.of(assortment.offersOf(item), asking).ifPresent(found::add);
            }
        }
        return new Pool(found, (double) found.size() * items.size() / Math.max(1, looked));
    }

    private List<String> newItems(Assortment assortment, Duration newFor) {
        NewItems known = atHand.get();
        if (known.of().equals(assortment.at()) && known.newFor().equals(newFor)) {
            return known.items();
        }
        Instant since = assortment.at().minus(newFor);
        NewItems fresh =
                new NewItems(
                        assortment.at(),
                        newFor,
                        assortment.items().stream()
                                .filter(item -> isNew(assortment.offersOf(item), since))
                                .toList());
        atHand.set(fresh);
        return fresh.items();
    }

    /** An item is as old as its oldest offer; of which nobody said since when it is, is old. */
    private static boolean isNew(List<OfferFacts> offers, Instant since) {
        return !offers.isEmpty()
                && offers.stream()
                        .allMatch(
                                offer ->
                                        offer.listedAt() != null
                                                && offer.listedAt().isAfter(since));
    }
}
