package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.ColdStart;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.playlists.Playlist.Origin;
import io.farandole.gateway.playlists.ReadingNeighbours.Neighbours;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the offers of an answer come from, each source behind the one that is better. */
final class Candidates {

    private Candidates() {}

    /** What is of this order; behind it, what is popular. */
    static Chosen inOrder(Ranking ranking, Assortment assortment, Asking asking, Before before) {
        Chosen chosen =
                Chosen.of(
                        List.of(
                                new Tier(
                                        ranking.origin().name().toLowerCase(Locale.ROOT),
                                        ranking.items()),
                                Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        Playlist.none(ranking.origin()),
                        Map::of);
        // On the last pages, and before there are windows, all is from behind the ranking.
        return chosen.parts().getFirst().isEmpty()
                ? new Chosen(
                        chosen.tiers(),
                        chosen.parts(),
                        Playlist.none(Origin.POPULAR).with(chosen.playlist().choice()),
                        chosen.not(),
                        assortment)
                : chosen;
    }

    /** The user's own list, or what was named at the start; behind it, what is popular. */
    static Chosen ofUser(Known known, Assortment assortment, Asking asking, Before before) {
        // A list of who has done nothing knows less of them than what they named themselves.
        return known.past().items() == 0
                ? ofUser(known, null, assortment, asking, before)
                : ofUser(known, known.list(), assortment, asking, before);
    }

    /** The same for whoever is to have their list, whether they have done anything or not. */
    static Chosen ofNobodyNew(Known known, Assortment assortment, Asking asking) {
        return known.list() == null
                ? inOrder(
                        new Ranking(List.of(), Origin.POPULAR), assortment, asking, Before.NOTHING)
                : ofUser(known, known.list(), assortment, asking, Before.NOTHING);
    }

    private static Chosen ofUser(
            Known known,
            Known.@Nullable OwnList list,
            Assortment assortment,
            Asking asking,
            Before before) {
        List<String> first =
                list == null ? ColdStart.named(assortment, known.onboarding()) : list.items();
        return list == null
                ? Chosen.of(
                        List.of(new Tier("named", first), Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        Playlist.none(Origin.COLD_START),
                        Map::of)
                : Chosen.of(
                        List.of(
                                new Tier(list.model() == null ? "taste" : "model", first),
                                Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        new Playlist(
                                List.of(),
                                Origin.OWN_LIST,
                                list.release(),
                                list.model(),
                                list.version(),
                                list.canary(),
                                Choice.NONE,
                                null),
                        list::byItem);
    }

    /** What is similar to these items; behind it, what is popular of their kinds. */
    static Chosen like(
            List<String> items,
            List<Neighbours> near,
            Assortment assortment,
            Asking asking,
            Before before) {
        Set<String> these = Set.copyOf(items);
        // Those that have neighbours have them of the one release that is served.
        Neighbours known =
                near.stream()
                        .filter(one -> !one.items().isEmpty())
                        .findFirst()
                        .orElse(Neighbours.NONE);
        return Chosen.of(
                List.of(
                        new Tier(
                                "similar",
                                Choosing.inTurn(near.stream().map(Neighbours::items).toList())),
                        new Tier("popular", ofTheSameKinds(items, assortment))),
                item -> these.contains(item) || before.has(item),
                before,
                assortment,
                asking,
                new Playlist(
                        List.of(),
                        Origin.SIMILAR,
                        known.release(),
                        known.model(),
                        null,
                        null,
                        Choice.NONE,
                        null),
                Map::of);
    }

    private static List<String> ofTheSameKinds(List<String> items, Assortment assortment) {
        List<String> kinds =
                items.stream()
                        .flatMap(item -> assortment.offersOf(item).stream())
                        .flatMap(offer -> offer.categories().stream())
                        .distinct()
                        .toList();
        return ColdStart.named(assortment, kinds);
    }
}
