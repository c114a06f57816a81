package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.playlists.Placed.How;
import io.farandole.gateway.scenarios.Named;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of an arrangement is as it was when it was last read: that is shown. */
record Confirmed(List<Placed> places, Named scenario) {

    /**
     * @param now the offers as Postgres has them
     */
    static Confirmed of(List<Placed> placed, Map<String, OfferFacts> now, Asking asking) {
        return new Confirmed(
                placed.stream()
                        .flatMap(place -> still(place, now.get(place.offer().offer()), asking))
                        .limit(asking.wish().size())
                        .toList(),
                asking.wish().scenario());
    }

    /** Of what was chosen this moment from a memory that is as fresh as can be. */
    static Confirmed asTheyAre(List<Placed> placed, Asking asking) {
        return new Confirmed(
                List.copyOf(placed.subList(0, Math.min(asking.wish().size(), placed.size()))),
                asking.wish().scenario());
    }

    /** The playlist that has it. */
    Playlist in(Playlist list) {
        return list.with(places.stream().map(Placed::offer).toList())
                .with(list.choice().shown(propensities(), applied()));
    }

    List<Double> propensities() {
        return places.stream().allMatch(place -> place.propensity() == 1)
                ? List.of()
                : places.stream().map(Placed::propensity).toList();
    }

    @Nullable Applied applied() {
        return scenario.isNone()
                ? null
                : new Applied(
                        scenario.name(),
                        scenario.scenario().rules(),
                        items(
                                place ->
                                        place.how() == How.ORDER
                                                && scenario.scenario().factor(place.offer()) != 1),
                        items(place -> place.how() == How.PIN),
                        items(place -> place.how() == How.TRIAL));
    }

    private List<String> items(Predicate<Placed> which) {
        return places.stream().filter(which).map(place -> place.offer().item()).toList();
    }

    private static Stream<Placed> still(Placed place, @Nullable OfferFacts now, Asking asking) {
        return now != null && Rules.allow(now, asking)
                ? Stream.of(new Placed(now, place.how(), place.propensity()))
                : Stream.empty();
    }
}
