package io.farandole.gateway.playlists;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Dates;
import io.farandole.gateway.eligibility.Person;
import io.farandole.gateway.eligibility.Purse;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import io.farandole.gateway.scenarios.Named;
import io.farandole.gateway.scenarios.Scenario;
import io.farandole.gateway.scenarios.Selection;
import io.farandole.gateway.zones.Zone;
import io.farandole.gateway.zones.ZoneOf;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random catalogues and requests, and an oracle that shares no code with the rules: what is shown
 * is exactly what may be, one offer an item.
 */
class EligibilityPropertyTest {

    private static final Zone NORTH = ZoneOf.north();
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00Z");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final List<String> KINDS = List.of("A", "B", "C");
    private static final int REQUESTS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsShownIsExactlyWhatMayBe(long seed) {
        assertThat(broken(seed)).isNull();
    }

    /** What is the first to be wrong; null if nothing is. */
    static @Nullable String broken(long seed) {
        Random random = new Random(seed);
        for (int request = 0; request < REQUESTS; request++) {
            List<OfferFacts> offers = offers(random);
            Asking asking = asking(random);
            List<OfferFacts> shown = shown(offers, asking, random);
            String what = "seed " + seed + ", request " + request + ": ";
            for (OfferFacts offer : shown) {
                if (!mayBe(offer, asking)) {
                    return what + "shows what it may not, " + offer.offer() + " of " + offer.item();
                }
            }
            List<String> items = shown.stream().map(OfferFacts::item).toList();
            if (Set.copyOf(items).size() < items.size()) {
                return what + "shows items twice, " + items;
            }
            Set<String> expected =
                    offers.stream()
                            .filter(offer -> mayBe(offer, asking))
                            .map(OfferFacts::item)
                            .collect(Collectors.toSet());
            if (!expected.equals(Set.copyOf(items))) {
                return what + "shows " + items + ", not " + expected;
            }
        }
        return null;
    }

    /** Each rule is alone in keeping something out that nothing else would. */
    @Test
    void everyRuleAloneKeepsSomethingOut() {
        Random random = new Random(6);
        TreeMap<String, Integer> alone = new TreeMap<>();
        for (int request = 0; request < REQUESTS * 5; request++) {
            Asking asking = asking(random);
            for (OfferFacts offer : offers(random)) {
                List<Rule> against = Rules.against(offer, asking);
                if (against.size() == 1) {
                    alone.merge(against.getFirst().text(), 1, Integer::sum);
                    assertThat(mayBe(offer, asking)).isFalse();
                }
            }
        }
        assertThat(alone.keySet())
                .isEqualTo(
                        new TreeSet<>(
                                Stream.of(Rule.class.getPermittedSubclasses())
                                        .map(EligibilityPropertyTest::text)
                                        .toList()));
    }

    private static String text(Class<?> rule) {
        return rule.getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static List<OfferFacts> shown(List<OfferFacts> offers, Asking asking, Random random) {
        var assortment = Assortment.of(NOW, offers);
        List<String> own = new ArrayList<>(assortment.items());
        Collections.shuffle(own, random);
        var parts =
                Choosing.eligible(
                        List.of(own.subList(0, own.size() / 2), assortment.items()),
                        _ -> false,
                        assortment,
                        asking);
        return Choosing.ordered(parts, asking, random.nextLong(), Integer.MAX_VALUE);
    }

    private static boolean mayBe(OfferFacts offer, Asking asking) {
        Wish wish = asking.wish();
        Person person = asking.person();
        boolean is = offer.active() && !Integer.valueOf(0).equals(offer.stock());
        is &= offer.startsAt() == null || offer.startsAt().compareTo(NOW) > 0;
        is &= offer.bookableUntil() == null || offer.bookableUntil().compareTo(NOW) > 0;
        int minimum = Objects.requireNonNullElse(offer.minimumAge(), 0);
        // Old enough: born so many years before today, or earlier.
        is &=
                minimum == 0
                        || (person.birthDate() != null
                                && !person.birthDate()
                                        .isAfter(LocalDate.of(2026 - minimum, 11, 28)));
        long cap = offer.digital() ? person.purse().digital() : person.purse().physical();
        is &= offer.priceCents() == 0 || offer.priceCents() <= person.purse().all();
        is &= offer.priceCents() == 0 || offer.priceCents() <= cap;
        is &= !person.hadItems().contains(offer.item());
        is &= wish.price().min() == null || wish.price().min() <= offer.priceCents();
        is &= wish.price().max() == null || wish.price().max() >= offer.priceCents();
        is &= meets(wish.kinds().categories(), offer.categories());
        is &= meets(wish.kinds().subcategories(), listed(offer.subcategory()));
        List<String> groups = new ArrayList<>(offer.categories());
        groups.addAll(listed(offer.searchGroup()));
        is &= meets(wish.kinds().searchGroups(), groups);
        Dates dates = wish.dates();
        Instant time = dates.of() == Dates.Of.START ? offer.startsAt() : offer.listedAt();
        is &= dates.after() == null || (time != null && time.compareTo(dates.after()) > 0);
        is &= dates.before() == null || (time != null && time.compareTo(dates.before()) < 0);
        is &= !wish.scenario().scenario().exclude().items().contains(offer.item());
        is &= wish.digital() == null || wish.digital().equals(offer.digital());
        is &= wish.duo() == null || wish.duo().equals(offer.duo());
        if (wish.where().radiusMetres() != null
                && wish.where().near() != null
                && !offer.digital()) {
            is &= offer.position() != null;
            is &=
                    offer.position() == null
                            || metres(wish.where().near(), offer.position())
                                    <= wish.where().radiusMetres();
        }
        if (wish.where().zone() != null && !offer.digital()) {
            is &= offer.position() != null && isInTheNorth(offer.position());
        }
        return is;
    }

    /** As the file of zones has it. */
    private static boolean isInTheNorth(Position place) {
        return place.latitude() >= 48.858
                && place.latitude() <= 48.87
                && place.longitude() >= 2.33
                && place.longitude() <= 2.36;
    }

    private static boolean meets(Set<String> wished, List<String> has) {
        return wished.isEmpty() || has.stream().anyMatch(wished::contains);
    }

    private static List<String> listed(@Nullable String kind) {
        return kind == null ? List.of() : List.of(kind);
    }

    /** By the law of cosines, not by haversines. */
    private static double metres(Position a, Position b) {
        double up = Math.toRadians(a.latitude());
        double down = Math.toRadians(b.latitude());
        double across = Math.toRadians(b.longitude() - a.longitude());
        double cosine =
                Math.sin(up) * Math.sin(down) + Math.cos(up) * Math.cos(down) * Math.cos(across);
        return 6_371_008.8 * Math.acos(Math.min(1, cosine));
    }

    private static List<OfferFacts> offers(Random random) {
        return IntStream.range(0, 40)
                .mapToObj(
                        i ->
                                new OfferFacts(
                                        "offer-" + i,
                                        "item-" + random.nextInt(25),
                                        "An offer",
                                        random.nextInt(8) > 0,
                                        List.of(any(KINDS, random)),
                                        maybe(any(KINDS, random), random),
                                        maybe(any(KINDS, random), random),
                                        100 * random.nextInt(6),
                                        maybe(15 + random.nextInt(4), random),
                                        random.nextInt(3) == 0,
                                        random.nextBoolean(),
                                        maybe(random.nextInt(4), random),
                                        maybe(about(random), random),
                                        maybe(about(random), random),
                                        maybe(about(random), random),
                                        maybe(place(random), random)))
                .toList();
    }

    private static Asking asking(Random random) {
        Person person =
                new Person(
                        maybe(
                                LocalDate.of(2026, 11, 27 + random.nextInt(3))
                                        .minusYears(14 + random.nextInt(6)),
                                random),
                        new Purse(
                                100L * random.nextInt(8),
                                100L * random.nextInt(8),
                                100L * random.nextInt(8)),
                        random.nextBoolean() ? Set.of() : Set.of("item-" + random.nextInt(25)),
                        List.of());
        Instant after = rarely(about(random), random);
        Wish wish =
                new Wish(
                        60,
                        new Wish.Price(
                                rarely(100 * random.nextInt(3), random),
                                rarely(100 * random.nextInt(6), random)),
                        new Wish.Kinds(kinds(random), kinds(random), kinds(random)),
                        new Dates(
                                random.nextBoolean() ? Dates.Of.START : Dates.Of.LISTING,
                                after,
                                rarely(about(random), random)),
                        rarely(random.nextBoolean(), random),
                        rarely(random.nextBoolean(), random),
                        new Wish.Where(
                                maybe(place(random), random),
                                maybe(500 + random.nextInt(3_000), random),
                                rarely(NORTH, random)),
                        new Wish.Order(
                                random.nextBoolean() ? Wish.MixedBy.CATEGORY : null,
                                random.nextBoolean(),
                                random.nextBoolean()),
                        place(random.nextInt(12)));
        return new Asking(person, wish, NOW, PARIS);
    }

    /** Somewhere in an app where one item is not shown. */
    private static Named place(int excluded) {
        return new Named(
                "home",
                new Scenario(
                        items(Set.of()),
                        items(Set.of("item-" + excluded)),
                        List.of(),
                        List.of(),
                        new Scenario.Exploration(0, Duration.ofDays(14))));
    }

    private static Selection items(Set<String> items) {
        return new Selection(Set.of(), Set.of(), Set.of(), items);
    }

    private static Set<String> kinds(Random random) {
        return random.nextInt(4) > 0
                ? Set.of()
                : random.nextBoolean() ? Set.of("A") : Set.of("A", "C");
    }

    private static Instant about(Random random) {
        return NOW.plusSeconds(3_600L * (random.nextInt(9) - 3));
    }

    private static Position place(Random random) {
        return new Position(48.85 + random.nextInt(4) / 200.0, 2.34 + random.nextInt(4) / 200.0);
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static <T> @Nullable T maybe(T value, Random random) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private static <T> @Nullable T rarely(T value, Random random) {
        return random.nextInt(5) == 0 ? value : null;
    }
}
