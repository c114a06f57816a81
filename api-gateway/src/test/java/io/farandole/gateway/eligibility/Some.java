package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import io.farandole.gateway.scenarios.Named;
import io.farandole.gateway.zones.Zone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An offer, a person and a wish that no rule stands between, to be changed one thing at a time. */
final class Some {

    static final Instant NOW = Instant.parse("2026-11-28T17:00:00Z");
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Position ODEON = new Position(48.8496, 2.3388);

    boolean active = true;
    List<String> categories = List.of("Drama");
    @Nullable String subcategory = "SPECTACLE_REPRESENTATION";
    @Nullable String searchGroup = "SPECTACLE";
    int priceCents = 1_200;
    @Nullable Integer minimumAge = 15;
    boolean digital;
    boolean duo;
    @Nullable Integer stock = 1;
    @Nullable Instant bookableUntil = NOW.plusSeconds(60);
    @Nullable Instant startsAt = NOW.plusSeconds(7_200);
    @Nullable Instant listedAt = NOW.minusSeconds(86_400);
    @Nullable Position position = ODEON;

    @Nullable LocalDate birthDate = LocalDate.of(2010, 11, 28);
    Purse purse = new Purse(1_200, 1_200, 1_200);
    Set<String> had = Set.of();

    Wish.Price price = Wish.Price.ANY;
    Set<String> wishedCategories = Set.of();
    Set<String> wishedSubcategories = Set.of();
    Set<String> wishedSearchGroups = Set.of();
    Dates dates = Dates.ANY;
    @Nullable Boolean wishedDigital;
    @Nullable Boolean wishedDuo;
    @Nullable Position near;
    @Nullable Integer radius;
    @Nullable Zone zone;

    OfferFacts offer() {
        return offer("tonight", "play");
    }

    OfferFacts offer(String offer, String item) {
        return new OfferFacts(
                offer,
                item,
                "A play",
                active,
                categories,
                subcategory,
                searchGroup,
                priceCents,
                minimumAge,
                digital,
                duo,
                stock,
                bookableUntil,
                startsAt,
                listedAt,
                position);
    }

    Asking asking() {
        return new Asking(
                new Person(birthDate, purse, had, List.of()),
                new Wish(
                        20,
                        price,
                        new Wish.Kinds(wishedCategories, wishedSubcategories, wishedSearchGroups),
                        dates,
                        wishedDigital,
                        wishedDuo,
                        new Wish.Where(near, radius, zone),
                        Wish.Order.USUAL,
                        Named.NONE),
                NOW,
                PARIS);
    }

    /** What stands between them, by name. */
    List<String> against() {
        return Rules.against(offer(), asking()).stream().map(Rule::text).toList();
    }
}
