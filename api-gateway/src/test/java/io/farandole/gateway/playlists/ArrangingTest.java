package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Person;
import io.farandole.gateway.eligibility.Purse;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.playlists.Placed.How;
import io.farandole.gateway.scenarios.Named;
import io.farandole.gateway.scenarios.Scenario;
import io.farandole.gateway.scenarios.Scenario.Exploration;
import io.farandole.gateway.scenarios.Scenario.Pin;
import io.farandole.gateway.scenarios.Selection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArrangingTest {

    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00Z");
    private static final Selection ANY = new Selection(Set.of(), Set.of(), Set.of(), Set.of());
    private static final int PLACES = 10;
    private static final int NEW = 5;
    private static final double SHARE = 0.3;

    // Ten that are old and in order, five that are new and not.
    private final List<OfferFacts> old =
            IntStream.range(0, PLACES).mapToObj(i -> offer("old-" + i, 100, 0)).toList();
    private final Assortment assortment =
            Assortment.of(
                    NOW,
                    Stream.concat(
                                    old.stream(),
                                    Stream.concat(
                                            IntStream.range(0, NEW)
                                                    .mapToObj(i -> offer("new-" + i, 1, 0)),
                                            Stream.of(offer("dear", 1, 99_999))))
                            .toList());
    private final Arranging arranging = new Arranging();

    @Test
    void withoutRulesNothingIsAnother() {
        assertThat(arranged(Scenario.NONE, 1, 7))
                .extracting(place -> place.offer().item())
                .isEqualTo(old.stream().map(OfferFacts::item).toList());
    }

    @Test
    void pinsWhatMayBeShownIntoItsPlaceOnItsPage() {
        Scenario scenario =
                scenario(0, new Pin("old-9", 1), new Pin("new-0", 4), new Pin("dear", 2));
        List<Placed> first = arranged(scenario, 1, 7);
        assertThat(first.get(0).offer().item()).isEqualTo("old-9");
        assertThat(first.get(1).offer().item()).isEqualTo("old-0");
        assertThat(first.get(3).offer().item()).isEqualTo("new-0");
        assertThat(first).extracting(place -> place.offer().item()).doesNotHaveDuplicates();
        assertThat(first).filteredOn(place -> place.how() == How.PIN).hasSize(2);
        // The second page begins behind all pins.
        assertThat(arranged(scenario, 11, 7)).noneMatch(place -> place.how() == How.PIN);
    }

    @Test
    void theSameCallGivesTheSame() {
        assertThat(arranged(scenario(SHARE), 1, 4711))
                .isEqualTo(arranged(scenario(SHARE), 1, 4711));
    }

    @Test
    void triesWhatIsNewAsOftenAsItsPropensitySaysAndNothingTwice() {
        int calls = 20_000;
        Map<String, Integer> first = new HashMap<>();
        double trials = 0;
        Set<Double> propensities = new HashSet<>();
        for (int call = 0; call < calls; call++) {
            List<Placed> placed = arranged(scenario(SHARE), 1, call * 7_919L);
            assertThat(placed).extracting(place -> place.offer().item()).doesNotHaveDuplicates();
            Placed one = placed.getFirst();
            first.merge(one.offer().item(), 1, Integer::sum);
            propensities.add(one.propensity());
            assertThat(one.propensity())
                    .isCloseTo(one.how() == How.TRIAL ? SHARE / NEW : 1 - SHARE, within(1e-9));
            trials += placed.stream().filter(place -> place.how() == How.TRIAL).count();
        }
        assertThat(first.keySet())
                .containsExactlyInAnyOrder("old-0", "new-0", "new-1", "new-2", "new-3", "new-4");
        assertThat(first.getOrDefault("old-0", 0) / (double) calls)
                .isCloseTo(1 - SHARE, within(0.015));
        for (int i = 0; i < NEW; i++) {
            assertThat(first.getOrDefault("new-" + i, 0) / (double) calls)
                    .isCloseTo(SHARE / NEW, within(0.015));
        }
        assertThat(propensities).hasSize(2);
        // There are but five to try for ten places.
        assertThat(trials / calls).isBetween(2.5, 3.0);
    }

    @Test
    void whatIsTriedIsWhatRulesLetThisUserSee() {
        for (int call = 0; call < 500; call++) {
            assertThat(arranged(scenario(0.5), 1, call))
                    .extracting(place -> place.offer().item())
                    .doesNotContain("dear");
        }
    }

    private List<Placed> arranged(Scenario scenario, int from, long seed) {
        return arranging.arranged(old, assortment, asking(scenario), from, _ -> false, seed);
    }

    private static Scenario scenario(double share, Pin... pins) {
        return new Scenario(
                ANY, ANY, List.of(), List.of(pins), new Exploration(share, Duration.ofDays(14)));
    }

    private static Asking asking(Scenario scenario) {
        return new Asking(
                new Person(null, new Purse(1_000, 1_000, 1_000), Set.of(), List.of()),
                Wish.bestFirst(PLACES).in(new Named("home", scenario)),
                NOW,
                ZoneId.of("Europe/Paris"));
    }

    private static OfferFacts offer(String item, int daysAgo, int priceCents) {
        return new OfferFacts(
                item,
                item,
                item,
                true,
                List.of(),
                null,
                null,
                priceCents,
                null,
                true,
                false,
                null,
                null,
                null,
                NOW.minus(Duration.ofDays(daysAgo)),
                null);
    }
}
