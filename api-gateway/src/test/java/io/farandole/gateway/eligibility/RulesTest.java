package io.farandole.gateway.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.offers.Position;
import io.farandole.gateway.zones.ZoneOf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule, alone between an offer and a person whom nothing else keeps apart. */
class RulesTest {

    private final Some some = new Some();

    @Test
    void letThroughWhatNothingSpeaksAgainst() {
        assertThat(some.against()).isEmpty();
        assertThat(Rules.allow(some.offer(), some.asking())).isTrue();
    }

    @Test
    void nameEachOfThemThatStandsInTheWay() {
        some.active = false;
        some.stock = 0;
        some.priceCents = 1_201;
        assertThat(some.against()).containsExactly("active", "in-stock", "affordable");
        assertThat(Rules.allow(some.offer(), some.asking())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", ", true"})
    void stock(@Nullable Integer stock, boolean allowed) {
        some.stock = stock;
        only("in-stock", allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3600, false",
        "-1, 3600, false",
        "1, 3600, true",
        "3600, 0, false",
        ", , true",
        ", -1, false"
    })
    void bookable(@Nullable Integer startsIn, @Nullable Integer bookableFor, boolean allowed) {
        some.startsAt = startsIn == null ? null : Some.NOW.plusSeconds(startsIn);
        some.bookableUntil = bookableFor == null ? null : Some.NOW.plusSeconds(bookableFor);
        only("still-bookable", allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "2011-11-28, 15, true",
        "2011-11-29, 15, false",
        "2008-11-28, 18, true",
        "2008-11-29, 18, false",
        "2027-01-01, 1, false",
        ", 1, false",
        ", 0, true",
        ", , true"
    })
    void age(@Nullable LocalDate born, @Nullable Integer minimum, boolean allowed) {
        some.birthDate = born;
        some.minimumAge = minimum;
        only("old-enough", allowed);
    }

    @Test
    void aBirthdayComesAtMidnightWherePeopleLive() {
        some.birthDate = LocalDate.of(2011, 11, 29);
        Asking late =
                new Asking(
                        some.asking().person(),
                        some.asking().wish(),
                        Instant.parse("2026-11-28T23:00:00Z"),
                        Some.PARIS);
        assertThat(new OldEnough().allows(some.offer(), some.asking())).isFalse();
        assertThat(new OldEnough().allows(some.offer(), late)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1200, false, 1200, 0, 1200, true",
        "1201, false, 1200, 9999, 9999, false",
        "1200, false, 9999, 9999, 1199, false",
        "1200, true, 9999, 1199, 9999, false",
        "1200, true, 1200, 1200, 0, true",
        "0, false, 0, 0, 0, true",
        "0, true, 0, -500, 0, true",
        "1, false, 0, 0, 0, false"
    })
    void credit(int price, boolean digital, long all, long onDigital, long onPhysical, boolean ok) {
        some.priceCents = price;
        some.digital = digital;
        some.purse = new Purse(all, onDigital, onPhysical);
        only("affordable", ok);
    }

    @Test
    void whatWasHadByAnotherOfferOfTheItem() {
        some.had = Set.of("play");
        only("not-had-yet", false);
        some.had = Set.of("tonight", "another");
        only("not-had-yet", true);
    }

    @ParameterizedTest
    @CsvSource({
        "1200, 1200, true",
        "1201, , false",
        ", 1199, false",
        "0, 1199, false",
        ", 1200, true"
    })
    void price(@Nullable Integer min, @Nullable Integer max, boolean allowed) {
        some.price = new Wish.Price(min, max);
        only("within-price", allowed);
    }

    @Test
    void kinds() {
        some.wishedCategories = Set.of("Comedy", "Drama");
        some.wishedSubcategories = Set.of("SPECTACLE_REPRESENTATION");
        some.wishedSearchGroups = Set.of("SPECTACLE", "CINEMA");
        only("of-wished-kinds", true);
        some.wishedSearchGroups = Set.of("Drama");
        only("of-wished-kinds", true);
        some.wishedSearchGroups = Set.of("CINEMA");
        only("of-wished-kinds", false);
        some.wishedSearchGroups = Set.of();
        some.wishedSubcategories = Set.of("SPECTACLE");
        only("of-wished-kinds", false);
        some.wishedSubcategories = Set.of();
        some.wishedCategories = Set.of("Comedy");
        only("of-wished-kinds", false);
    }

    @Test
    void whatHasNoKindIsOfNone() {
        some.subcategory = null;
        some.searchGroup = null;
        some.wishedSubcategories = Set.of("SPECTACLE_REPRESENTATION");
        only("of-wished-kinds", false);
        some.wishedSubcategories = Set.of();
        some.wishedSearchGroups = Set.of("SPECTACLE");
        only("of-wished-kinds", false);
    }

    @Test
    void datesWithTheirTimesSoThatTonightIsFound() {
        Instant six = Instant.parse("2026-11-28T17:00:00Z");
        Instant midnight = Instant.parse("2026-11-28T23:00:00Z");
        some.dates = new Dates(Dates.Of.START, six, midnight);
        only("within-dates", true);
        some.startsAt = midnight;
        only("within-dates", false);
        some.startsAt = null;
        only("within-dates", false);
        some.dates = new Dates(Dates.Of.LISTING, null, midnight);
        only("within-dates", true);
        some.listedAt = midnight;
        only("within-dates", false);
    }

    @Test
    void digitalOrNotAndForTwoOrNot() {
        some.wishedDigital = false;
        some.wishedDuo = false;
        only("digital-as-wished", true);
        some.wishedDigital = true;
        only("digital-as-wished", false);
        some.digital = true;
        only("digital-as-wished", true);
        some.wishedDuo = true;
        only("duo-as-wished", false);
        some.duo = true;
        only("duo-as-wished", true);
    }

    @Test
    void theTrueWayNotABucket() {
        some.near = new Position(48.8530, 2.3499);
        // From Notre-Dame to the Odéon are 896 m.
        some.radius = 880;
        only("within-radius", false);
        some.radius = 910;
        only("within-radius", true);
        some.position = null;
        only("within-radius", false);
        some.digital = true;
        only("within-radius", true);
        some.digital = false;
        some.near = null;
        only("within-radius", true);
    }

    @Test
    void theZoneThatItIsIn() {
        some.zone = ZoneOf.paris();
        some.position = new Position(48.8530, 2.3499);
        only("within-zone", true);
        some.position = new Position(43.2965, 5.3698);
        only("within-zone", false);
        some.position = null;
        only("within-zone", false);
        some.digital = true;
        only("within-zone", true);
    }

    private void only(String rule, boolean allowed) {
        assertThat(some.against()).isEqualTo(allowed ? List.of() : List.of(rule));
    }
}
