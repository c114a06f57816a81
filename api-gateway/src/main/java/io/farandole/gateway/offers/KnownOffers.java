package io.farandole.gateway.offers;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All offers as they were read, and by what it is told what of them is not so any more.
 *
 * @param scores of items, by which they are in order
 */
record KnownOffers(
        Assortment all, Map<String, ReadOffer> byOffer, Map<String, Long> scores, Mark mark) {

    /**
     * How far the catalogue had come before they were read.
     *
     * @param generation the one that served; 0 if none did
     * @param since the oldest transaction that was under way: whatever is written later is written
     *     by it or a later one
     * @param keys tells which offers and items there were: two marks with the same differ in none
     */
    record Mark(int generation, long since, String keys) {

        boolean hasSameRows(Mark other) {
            return generation == other.generation && keys.equals(other.keys);
        }
    }

    /**
     * @param scores of items, by which they are in order
     */
    static KnownOffers of(
            Instant now, Collection<ReadOffer> offers, Map<String, Long> scores, Mark mark) {
        List<ReadOffer> sorted =
                offers.stream()
                        .map(
                                offer ->
                                        new Scored(
                                                scores.getOrDefault(offer.facts().item(), 0L),
                                                offer))
                        .sorted(Scored.ORDER)
                        .map(Scored::offer)
                        .toList();
        return new KnownOffers(
                Assortment.of(now, sorted.stream().map(ReadOffer::facts).toList()),
                sorted.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        offer -> offer.facts().offer(), Function.identity())),
                scores,
                mark);
    }

    /**
     * As they are now.
     *
     * @param written those that were written since, of the same rows
     */
    KnownOffers with(
            Instant now, List<ReadOffer> written, Map<String, Long> newScores, Mark newMark) {
        if (written.isEmpty() && newScores.equals(scores)) {
            return new KnownOffers(all.stillSo(now), byOffer, scores, newMark);
        }
        Map<String, ReadOffer> offers = new HashMap<>(byOffer);
        written.forEach(offer -> offers.put(offer.facts().offer(), offer));
        return of(now, offers.values(), newScores, newMark);
    }

    private record Scored(long score, ReadOffer offer) {

        private static final Comparator<Scored> ORDER =
                Comparator.comparingLong(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.offer().facts().item())
                        .thenComparing(scored -> scored.offer().facts().offer());
    }
}
