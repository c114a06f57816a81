package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What may be shown, part by part, before it is put in order. */
record Chosen(
        List<Tier> tiers,
        List<List<OfferFacts>> parts,
        Playlist playlist,
        Predicate<String> not,
        Assortment assortment) {

    static Chosen of(
            List<Tier> tiers,
            Predicate<String> not,
            Before before,
            Assortment assortment,
            Asking asking,
            Playlist playlist,
            Supplier<Map<String, Double>> scores) {
        List<List<OfferFacts>> parts =
                Choosing.eligible(
                        tiers.stream().map(Tier::items).toList(), not, assortment, asking);
        Choice choice =
                new Choice(
                        parts.stream().mapToInt(List::size).sum(),
                        scores,
                        before.size() + 1,
                        PlaylistImpressions.context(asking.wish()),
                        List.of(),
                        null);
        return new Chosen(tiers, parts, playlist.with(choice), not, assortment);
    }

    /** By item, where it came from. */
    Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (int at = 0; at < parts.size(); at++) {
            String source = tiers.get(at).source();
            parts.get(at).forEach(offer -> sources.put(offer.item(), source));
        }
        return sources;
    }
}
