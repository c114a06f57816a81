package io.farandole.gateway.oracle;

import io.farandole.gateway.oracle.World.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request wishes, by the names of v1 and by those of the old API.
 *
 * @param after hours from now, as {@code before}
 * @param scenario one of those that the gateway is set up with
 */
record Asked(
        @Nullable Integer minCents,
        @Nullable Integer maxCents,
        @Nullable String category,
        @Nullable String subcategory,
        @Nullable String group,
        @Nullable Integer after,
        @Nullable Integer before,
        @Nullable Boolean digital,
        @Nullable Boolean duo,
        @Nullable Double north,
        @Nullable Double east,
        @Nullable Integer radius,
        @Nullable String zone,
        @Nullable String scenario) {

    static final Asked ANYTHING =
            new Asked(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null);

    private static final double EARTH = 6_371_008.8;

    static Asked any(Random random) {
        boolean near = random.nextInt(3) == 0;
        Integer after = rarely(random.nextInt(30), random);
        return new Asked(
                rarely(500 * random.nextInt(20), random),
                rarely(500 * (20 + random.nextInt(40)), random),
                rarely(World.any(World.CATEGORIES, random), random),
                rarely(World.any(World.SUBCATEGORIES, random), random),
                rarely(World.any(World.GROUPS, random), random),
                after,
                rarely((after == null ? 0 : after) + 1 + random.nextInt(40), random),
                rarely(random.nextBoolean(), random),
                rarely(random.nextBoolean(), random),
                near ? World.any(World.NORTHS, random) : null,
                near ? World.any(World.EASTS, random) : null,
                near && random.nextBoolean() ? 600 + random.nextInt(15_000) : null,
                rarely(World.any(List.of("paris", "north", "marseille"), random), random),
                rarely(World.any(List.of("home", "books", "late", "trial"), random), random));
    }

    /** Only a scenario: some addresses know nothing else. */
    Asked ofScenario() {
        return new Asked(
                null, null, null, null, null, null, null, null, null, null, null, null, null,
                scenario);
    }

    /** The old API knew no zones. */
    Asked withoutZone() {
        return new Asked(
                minCents,
                maxCents,
                category,
                subcategory,
                group,
                after,
                before,
                digital,
                duo,
                north,
                east,
                radius,
                null,
                scenario);
    }

    /** As a query, which may be empty. */
    String query(Instant now) {
        return said("priceMinCents", minCents)
                + said("priceMaxCents", maxCents)
                + said("categories", category)
                + said("subcategories", subcategory)
                + said("searchGroups", group)
                + said("startsAfter", at(now, after))
                + said("startsBefore", at(now, before))
                + said("digital", digital)
                + said("duo", duo)
                + said("latitude", north)
                + said("longitude", east)
                + said("radius", radius)
                + said("zone", zone)
                + said("scenario", scenario);
    }

    String oldQuery(Instant now) {
        return said("priceMin", euros(minCents))
                + said("price_max", euros(maxCents))
                + said("movieType", category)
                + said("subcategories", subcategory)
                + said("categories", group)
                + said("startDate", at(now, after))
                + said("end_date", at(now, before))
                + "&isEvent=true"
                + said("isDigital", digital)
                + said("offer_is_duo", duo)
                + said("latitude", north)
                + said("longitude", east)
                + said("recoRadius", radius)
                + said("scenario", scenario);
    }

    /** What of it speaks against an offer. */
    List<String> against(Offer offer) {
        List<String> why = new ArrayList<>();
        add(why, "below the price", minCents, least -> offer.cents() < least);
        add(why, "above the price", maxCents, most -> offer.cents() > most);
        add(why, "another category", category, one -> !one.equals(offer.category()));
        add(why, "another subcategory", subcategory, one -> !one.equals(offer.subcategory()));
        // What the old API called a category is a search group, or one of the offer's own.
        add(
                why,
                "another search group",
                group,
                one -> !one.equals(offer.group()) && !one.equals(offer.category()));
        add(
                why,
                "too early",
                after,
                hours -> offer.startsIn() == null || offer.startsIn() <= hours);
        add(
                why,
                "too late",
                before,
                hours -> offer.startsIn() == null || offer.startsIn() >= hours);
        add(why, "digital or not", digital, wished -> wished != offer.digital());
        add(why, "for two or not", duo, wished -> wished != offer.duo());
        if (!offer.digital()) {
            add(why, "too far", radius, most -> !(metres(offer) <= most));
            add(why, "outside of the zone", zone, one -> !isIn(one, offer.north(), offer.east()));
        }
        add(
                why,
                "not of the scenario",
                scenario,
                one ->
                        switch (one) {
                            case "home" -> offer.item().equals("gig");
                            case "books" ->
                                    !"LIVRE".equals(offer.group())
                                            && !"LIVRE".equals(offer.category());
                            default -> false;
                        });
        return why;
    }

    /** By the law of cosines; NaN where one of the two is nowhere. */
    private double metres(Offer offer) {
        if (north == null || east == null || offer.north() == null || offer.east() == null) {
            return Double.NaN;
        }
        double one = Math.toRadians(north);
        double other = Math.toRadians(offer.north());
        double between = Math.toRadians(offer.east() - east);
        double cosine =
                Math.sin(one) * Math.sin(other)
                        + Math.cos(one) * Math.cos(other) * Math.cos(between);
        return EARTH * Math.acos(Math.min(1, cosine));
    }

    /** As the file of zones has them: boxes, one of them with a hole, one of two parts. */
    private static boolean isIn(String zone, @Nullable Double north, @Nullable Double east) {
        if (north == null || east == null) {
            return false;
        }
        return switch (zone) {
            case "paris" ->
                    isIn(48.8, 48.9, 2.2, 2.5, north, east)
                            && !isIn(48.81, 48.82, 2.21, 2.22, north, east);
            case "north" -> isIn(48.858, 48.87, 2.33, 2.36, north, east);
            default ->
                    isIn(43.2, 43.4, 5.3, 5.5, north, east)
                            || isIn(48.8, 48.9, 2.5, 2.6, north, east);
        };
    }

    private static boolean isIn(
            double south, double north, double west, double east, double up, double right) {
        return up > south && up < north && right > west && right < east;
    }

    private static <T> void add(
            List<String> why, String reason, @Nullable T wish, Function<T, Boolean> isAgainst) {
        if (wish != null && isAgainst.apply(wish)) {
            why.add(reason);
        }
    }

    private static String said(String name, @Nullable Object value) {
        return value == null ? "" : "&" + name + "=" + value;
    }

    private static @Nullable String euros(@Nullable Integer cents) {
        return cents == null ? null : cents / 100 + "." + cents % 100 / 10;
    }

    private static @Nullable Instant at(Instant now, @Nullable Integer hours) {
        return hours == null ? null : now.plusSeconds(3_600L * hours);
    }

    private static <T> @Nullable T rarely(T value, Random random) {
        return random.nextInt(7) == 0 ? value : null;
    }
}
