package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.playlists.Placed.How;
import io.farandole.gateway.scenarios.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts what a scenario pins into its place, and tries something new in others. The same call id
 * gives the same answer, and each place comes with its propensity: of a place that may be tried,
 * what stands there by order was as likely as nothing was tried there, and each new item as likely
 * as it was tried and chosen among those that could be.
 */
@Component
class Arranging {

    private final Trials trials = new Trials();

    /**
     * As many as are in order, or one more for each that is pinned.
     *
     * @param ordered what would be shown without
     * @param from the first place, from 1
     * @param not items that are not to be shown, pinned or tried
     * @param seed of chance
     */
    List<Placed> arranged(
            List<OfferFacts> ordered,
            Assortment assortment,
            Asking asking,
            int from,
            Predicate<String> not,
            long seed) {
        Scenario scenario = asking.wish().scenario().scenario();
        if (scenario.pin().isEmpty() && scenario.explore().share() == 0) {
            return ordered.stream().map(offer -> new Placed(offer, How.ORDER, 1)).toList();
        }
        Map<Integer, OfferFacts> pins = pins(scenario, assortment, asking, from, not);
        Set<String> pinned = new HashSet<>();
        pins.values().forEach(offer -> pinned.add(offer.item()));
        RandomGenerator random = new SplittableRandom(seed);
        Trials.Pool pool =
                scenario.explore().share() == 0
                        ? Trials.Pool.EMPTY
                        : trials.pool(
                                assortment,
                                asking,
                                item -> pinned.contains(item) || not.test(item),
                                random);
        return new Arrangement(ordered, pins, pinned, pool, scenario.explore().share(), random)
                .from(from);
    }

    /** Those that whoever asks may be shown, by their places. */
    private static Map<Integer, OfferFacts> pins(
            Scenario scenario,
            Assortment assortment,
            Asking asking,
            int from,
            Predicate<String> not) {
        Map<Integer, OfferFacts> pins = new HashMap<>();
        for (Scenario.Pin pin : scenario.pin()) {
            if (pin.position() >= from
                    && pin.position() < from + asking.wish().size()
                    && !not.test(pin.item())) {
                OnePerItem.of(assortment.offersOf(pin.item()), asking)
                        .ifPresent(offer -> pins.put(pin.position(), offer));
            }
        }
        return pins;
    }

    /** One answer on its way. */
    private static final class Arrangement {

        private final Deque<OfferFacts> ordered = new ArrayDeque<>();
        private final Map<Integer, OfferFacts> pins;
        private final List<OfferFacts> pool;
        private final double share;
        private final RandomGenerator random;
        private final Set<String> tried = new HashSet<>();
        private final int places;
        // How many of those that could be tried are left, those that nobody looked at included.
        private double eligible;

        Arrangement(
                List<OfferFacts> ordered,
                Map<Integer, OfferFacts> pins,
                Set<String> pinned,
                Trials.Pool pool,
                double share,
                RandomGenerator random) {
            for (OfferFacts offer : ordered) {
                if (!pinned.contains(offer.item())) {
                    this.ordered.add(offer);
                }
            }
            this.places = ordered.size() + pins.size();
            this.pins = pins;
            this.pool = new ArrayList<>(pool.offers());
            this.eligible = pool.eligible();
            this.share = share;
            this.random = random;
        }

        List<Placed> from(int first) {
            List<Placed> placed = new ArrayList<>();
            int last = first + places - 1;
            for (int place = first; place <= last; place++) {
                OfferFacts pin = pins.get(place);
                Placed next = pin == null ? next() : new Placed(pin, How.PIN, 1);
                if (next != null) {
                    placed.add(next);
                }
            }
            return placed;
        }

        private @Nullable Placed next() {
            OfferFacts best = best();
            if (best == null) {
                return null;
            }
            if (pool.isEmpty()) {
                return new Placed(ordered.remove(), How.ORDER, 1);
            }
            // By order or tried: an item that may come either way is as likely as both together.
            double each = share / Math.max(eligible, pool.size());
            if (random.nextDouble() >= share) {
                ordered.remove();
                return new Placed(
                        best, How.ORDER, 1 - share + (take(best.item()) != null ? each : 0));
            }
            OfferFacts trial = pool.get(random.nextInt(pool.size()));
            take(trial.item());
            tried.add(trial.item());
            boolean isBest = trial.item().equals(best.item());
            return new Placed(trial, How.TRIAL, each + (isBest ? 1 - share : 0));
        }

        /** The next that was not tried before. */
        private @Nullable OfferFacts best() {
            while (!ordered.isEmpty() && tried.contains(ordered.element().item())) {
                ordered.remove();
            }
            return ordered.peek();
        }

        private @Nullable OfferFacts take(String item) {
            for (int i = 0; i < pool.size(); i++) {
                if (pool.get(i).item().equals(item)) {
                    eligible--;
                    return pool.remove(i);
                }
            }
            return null;
        }
    }
}
