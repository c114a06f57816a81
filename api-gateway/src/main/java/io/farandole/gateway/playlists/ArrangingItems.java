package io.farandole.gateway.playlists;

import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.items.Why;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.scenarios.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Puts items that may be shown in the order that a scenario has for them. */
@Component
public class ArrangingItems {

    private static final int SPARE = 10;

    private final Offers offers;
    private final Arranging arranging;

    ArrangingItems(Offers offers, Arranging arranging) {
        this.offers = offers;
        this.arranging = arranging;
    }

    /**
     * Items as a scenario arranges them.
     *
     * @param propensities how likely each was to come in its place; none where all were certain
     * @param applied what the scenario did; null without one
     */
    public record Arranged(
            List<Recommended> items, List<Double> propensities, @Nullable Applied applied) {}

    /**
     * As many as were asked for, in their places.
     *
     * @param items best first, of each the best offer first; none that may not be shown
     * @param not items that are neither pinned nor tried
     * @param seed of chance
     */
    public Mono<Arranged> of(
            List<Recommended> items, Asking asking, Predicate<String> not, long seed, Call call) {
        return asking.wish().scenario().isNone()
                ? Mono.just(new Arranged(items, List.of(), null))
                : offers.all(call.skips())
                        .flatMap(assortment -> arranged(items, assortment, asking, not, seed));
    }

    /** The same, for as many as a boost may bring up from far behind. */
    public static Asking wide(Asking asking) {
        Wish wish = asking.wish();
        return wish.scenario().isNone()
                ? asking
                : new Asking(
                        asking.person(),
                        wish.sized(Math.max(wish.size(), Choosing.PRESELECTED)),
                        asking.now(),
                        asking.zone());
    }

    private Mono<Arranged> arranged(
            List<Recommended> items,
            Assortment assortment,
            Asking asking,
            Predicate<String> not,
            long seed) {
        return offers.now(items.stream().map(item -> item.offers().getFirst()).toList())
                .map(now -> placed(items, now, assortment, asking, not, seed))
                .flatMap(
                        placed ->
                                offers.now(
                                                placed.stream()
                                                        .map(place -> place.offer().offer())
                                                        .toList())
                                        .map(now -> Confirmed.of(placed, now, asking)))
                .map(confirmed -> arranged(items, confirmed, assortment, asking));
    }

    private List<Placed> placed(
            List<Recommended> items,
            Map<String, OfferFacts> now,
            Assortment assortment,
            Asking asking,
            Predicate<String> not,
            long seed) {
        List<OfferFacts> best =
                items.stream()
                        .map(item -> now.get(item.offers().getFirst()))
                        .filter(Objects::nonNull)
                        .toList();
        return arranging.arranged(
                Choosing.ordered(List.of(best), asking, seed, asking.wish().size() + SPARE),
                assortment,
                asking,
                1,
                not,
                seed);
    }

    private static Arranged arranged(
            List<Recommended> items, Confirmed confirmed, Assortment assortment, Asking asking) {
        Map<String, Recommended> byItem =
                items.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Recommended::item, Function.identity()));
        return new Arranged(
                confirmed.places().stream()
                        .map(
                                place ->
                                        byItem.containsKey(place.offer().item())
                                                ? byItem.get(place.offer().item())
                                                : added(place, assortment, asking))
                        .toList(),
                confirmed.propensities(),
                confirmed.applied());
    }

    /** Of what is pinned or tried nobody has made a list, and so nobody has scored it. */
    private static Recommended added(Placed place, Assortment assortment, Asking asking) {
        OfferFacts shown = place.offer();
        Named scenario = asking.wish().scenario();
        List<String> allowed =
                OnePerItem.allowed(assortment.offersOf(shown.item()), asking)
                        .map(OfferFacts::offer)
                        .toList();
        return new Recommended(
                shown.item(),
                allowed.isEmpty() ? List.of(shown.offer()) : allowed,
                shown.title(),
                shown.categories(),
                0,
                Why.ofScenario(scenario.name(), place.how() == Placed.How.PIN));
    }
}
