package io.farandole.gateway.offers;

import io.farandole.events.CatalogueEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All offers, as events and rows of the catalogue tell of them. Whoever writes takes turns; whoever
 * reads waits for nobody, and sees each item's offers as they are that moment.
 */
final class OfferMemory {

    private final Map<String, KeptOffer> offers = new ConcurrentHashMap<>();
    private final Map<String, KeptItem> items = new ConcurrentHashMap<>();
    private final Map<String, ItemOffers> byItem = new ConcurrentHashMap<>();
    private final Map<String, String> itemByOffer = new ConcurrentHashMap<>();

    /** When offers were last heard of, by the clock that {@link System#nanoTime} is. */
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    private final Duration ahead;
    private Map<String, Long> scores = Map.of();
    private volatile Order order = Order.of(Instant.EPOCH, List.of());

    /**
     * @param ahead for how long what was heard counts of which the catalogue knows nothing yet
     */
    OfferMemory(Duration ahead) {
        this.ahead = ahead;
    }

    Assortment assortment() {
        return new Assortment(order, byItem, itemByOffer);
    }

    int size() {
        return itemByOffer.size();
    }

    String sameName(String item) {
        ItemOffers known = byItem.get(item);
        return known == null ? item : known.item();
    }

    @Nullable OfferFacts facts(String offer) {
        String item = itemByOffer.get(offer);
        ItemOffers of = item == null ? null : byItem.get(item);
        if (of != null) {
            for (OfferFacts facts : of.offers()) {
                if (facts.offer().equals(offer)) {
                    return facts;
                }
            }
        }
        return null;
    }

    /**
     * An event was heard.
     *
     * @return the items of which something else may be shown now
     */
    synchronized Set<String> heard(CatalogueEvent event, Told by) {
        heard.put(event.offer().value(), System.nanoTime());
        Changes changes = new Changes();
        if (event instanceof CatalogueEvent.OfferListed listed) {
            know(KeptItem.of(listed, by), changes);
        }
        KeptOffer told = KeptOffer.of(event, by);
        KeptOffer known = offers.get(told.offer());
        know(known == null ? told : known.or(told), changes);
        return changes.items;
    }

    /** What a row of the catalogue says, with what was heard since. */
    @Nullable OfferFacts read(CatalogueRow row) {
        return withWhatWasHeard(row.offer()).facts(row.item());
    }

    private KeptOffer withWhatWasHeard(KeptOffer row) {
        KeptOffer known = offers.get(row.offer());
        return known != null && heard.containsKey(row.offer()) ? row.or(known) : row;
    }

    /**
     * All rows of the catalogue were read: they are right, but for what was heard that they do not
     * have yet.
     *
     * @param since when the reading began, by the same clock
     * @return the items of which something else may be shown now
     */
    synchronized Set<String> read(List<CatalogueRow> rows, long since) {
        heard.values().removeIf(at -> since - at > ahead.toNanos());
        Changes changes = new Changes();
        Set<String> seen = HashSet.newHashSet(rows.size());
        for (CatalogueRow row : rows) {
            KeptItem shared = items.get(row.item().item());
            know(shared == null ? row.item() : row.item().or(shared), changes);
            know(withWhatWasHeard(row.offer()), changes);
            seen.add(row.offer().offer());
        }
        for (KeptOffer known : List.copyOf(offers.values())) {
            if (!seen.contains(known.offer()) && !heard.containsKey(known.offer())) {
                forget(known, changes);
            }
        }
        order(scores);
        return changes.items;
    }

    /** Puts the items in order, the most popular first. */
    synchronized void order(Map<String, Long> popularity) {
        if (order.isUntouched() && popularity.equals(scores)) {
            order = order.asOf(Instant.now());
            return;
        }
        scores = popularity;
        byItem.values().removeIf(item -> item.offers().isEmpty());
        List<ItemOffers> all = new ArrayList<>(byItem.values());
        all.sort(
                Comparator.comparingLong(
                                (ItemOffers item) -> -popularity.getOrDefault(item.item(), 0L))
                        .thenComparing(ItemOffers::item));
        order = Order.of(Instant.now(), all);
    }

    /** Items of which something else may be shown. */
    private static final class Changes {

        private final Set<String> items = new HashSet<>();

        void note(String item, @Nullable OfferFacts before, @Nullable OfferFacts now) {
            if (before == null || now == null || !before.counted().equals(now.counted())) {
                items.add(item);
            }
        }
    }

    private void know(KeptItem item, Changes changes) {
        KeptItem before = items.get(item.item());
        KeptItem now = before == null ? item : item.or(before);
        if (now.equals(before)) {
            return;
        }
        items.put(now.item(), now);
        ItemOffers of = byItem.get(now.item());
        for (OfferFacts facts : of == null ? List.<OfferFacts>of() : of.offers()) {
            know(Objects.requireNonNull(offers.get(facts.offer())), changes);
        }
    }

    private void know(KeptOffer offer, Changes changes) {
        offers.put(offer.offer(), offer);
        OfferFacts before = facts(offer.offer());
        KeptItem shared = offer.listing() == null ? null : items.get(offer.listing().item());
        OfferFacts now = shared == null ? null : offer.facts(shared);
        if (Objects.equals(before, now)) {
            return;
        }
        if (before != null && (now == null || !now.item().equals(before.item()))) {
            remove(before, changes);
        }
        if (now != null) {
            changes.note(now.item(), before, now);
            put(now);
        }
    }

    private void put(OfferFacts facts) {
        itemByOffer.put(facts.offer(), facts.item());
        ItemOffers of = byItem.get(facts.item());
        if (of == null) {
            ItemOffers first = new ItemOffers(facts.item(), List.of(facts));
            byItem.put(facts.item(), first);
            order = order.and(first);
        } else {
            of.are(with(of.offers(), facts));
            order.touched(of);
        }
    }

    private static List<OfferFacts> with(List<OfferFacts> others, OfferFacts facts) {
        List<OfferFacts> all = new ArrayList<>(others.size() + 1);
        others.stream().filter(other -> !other.offer().equals(facts.offer())).forEach(all::add);
        all.add(facts);
        all.sort(Comparator.comparing(OfferFacts::offer));
        return all;
    }

    private void forget(KeptOffer offer, Changes changes) {
        offers.remove(offer.offer());
        OfferFacts before = facts(offer.offer());
        if (before != null) {
            remove(before, changes);
        }
    }

    private void remove(OfferFacts facts, Changes changes) {
        changes.note(facts.item(), facts, null);
        itemByOffer.remove(facts.offer());
        ItemOffers of = byItem.get(facts.item());
        if (of != null) {
            // Without any it keeps its place until all are put in order again.
            of.are(
                    of.offers().stream()
                            .filter(other -> !other.offer().equals(facts.offer()))
                            .toList());
            order.touched(of);
        }
    }
}
