package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Dates;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.eligibility.Wish.MixedBy;
import io.farandole.gateway.items.Limit;
import io.farandole.gateway.offers.Position;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.parameters.Values;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import io.farandole.gateway.zones.Zone;
import io.farandole.gateway.zones.Zones;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a playlist says.
 *
 * @param like offers that it is to be like
 * @param explain whether it is to be told how it came about
 */
record PlaylistParameters(Wish wish, Set<String> like, Before before, boolean explain) {

    private static final int MOST_METRES = 20_100_000;
    private static final int MOST_CENTS = 100_000_000;

    /**
     * @throws ProblemException naming every value that is none
     */
    static PlaylistParameters read(Said said, ZoneId zone, Zones zones, Scenarios scenarios) {
        return read(said, zone, zones, scenarios, "subcategory");
    }

    /**
     * @param mixedBy what is mixed by unless something is said
     * @throws ProblemException naming every value that is none
     */
    static PlaylistParameters read(
            Said said, ZoneId zone, Zones zones, Scenarios scenarios, String mixedBy) {
        Values values = new Values(said, zone);
        Integer limit = values.whole("limit", 1, Limit.MOST);
        Position near = position(values);
        Integer radius = values.whole("radius", 1, MOST_METRES);
        if (radius != null && near == null) {
            values.flaw("radius", "needs latitude and longitude");
        }
        Wish wish =
                new Wish(
                        limit == null ? Limit.DEFAULT : limit,
                        price(values),
                        new Wish.Kinds(
                                values.list("categories"),
                                values.list("subcategories"),
                                values.list("searchGroups")),
                        dates(values),
                        values.flag("digital"),
                        values.flag("duo"),
                        new Wish.Where(near, radius, zone(values, zones)),
                        order(values, near, mixedBy),
                        scenarios.wished(values));
        Set<String> like = values.list("offers");
        Before before = before(values);
        boolean explain = Boolean.TRUE.equals(values.flag("explain"));
        if (!values.flaws().isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.INVALID_PARAMETER,
                    values.flaws().getFirst().place() + " " + values.flaws().getFirst().reason(),
                    values.flaws());
        }
        return new PlaylistParameters(wish, like, before, explain);
    }

    private static @Nullable Position position(Values values) {
        BigDecimal latitude = values.number("latitude", -90, 90);
        BigDecimal longitude = values.number("longitude", -180, 180);
        if ((latitude == null) != (longitude == null)) {
            values.flaw(latitude == null ? "latitude" : "longitude", "is missing beside the other");
        }
        return latitude == null || longitude == null
                ? null
                : new Position(latitude.doubleValue(), longitude.doubleValue());
    }

    private static @Nullable Zone zone(Values values, Zones zones) {
        String id = values.text("zone");
        Zone zone = id == null ? null : zones.zone(id).orElse(null);
        if (id != null && zone == null) {
            values.flaw("zone", "is none of the " + zones.size() + " zones that are set");
        }
        return zone;
    }

    private static Wish.Price price(Values values) {
        Integer min = values.whole("priceMinCents", 0, MOST_CENTS);
        Integer max = values.whole("priceMaxCents", 0, MOST_CENTS);
        if (min != null && max != null && min > max) {
            values.flaw("priceMaxCents", "is less than priceMinCents");
        }
        return new Wish.Price(min, max);
    }

    private static Dates dates(Values values) {
        Instant after = values.time("startsAfter");
        Instant before = values.time("startsBefore");
        if (after != null && before != null && !before.isAfter(after)) {
            values.flaw("startsBefore", "is not after startsAfter");
        }
        return new Dates(Dates.Of.START, after, before);
    }

    private static Wish.Order order(Values values, @Nullable Position near, String usual) {
        String sort = values.text("sort");
        boolean byDistance = "distance".equals(sort);
        if (sort != null && !byDistance && !sort.equals("best")) {
            values.flaw("sort", "is neither best nor distance");
        }
        if (byDistance && near == null) {
            values.flaw("sort", "by distance needs latitude and longitude");
        }
        return new Wish.Order(mixedBy(values, usual), false, byDistance);
    }

    private static @Nullable MixedBy mixedBy(Values values, String usual) {
        String by = values.text("mixedBy");
        return switch (by == null ? usual : by) {
            case "subcategory" -> MixedBy.SUBCATEGORY;
            case "searchGroup" -> MixedBy.SEARCH_GROUP;
            case "category" -> MixedBy.CATEGORY;
            case "none" -> null;
            default -> {
                values.flaw("mixedBy", "is none of subcategory, searchGroup, category and none");
                yield null;
            }
        };
    }

    private static Before before(Values values) {
        String after = values.text("after");
        if (after == null) {
            return Before.NOTHING;
        }
        try {
            return Before.of(after);
        } catch (IllegalArgumentException e) {
            values.flaw("after", String.valueOf(e.getMessage()));
            return Before.NOTHING;
        }
    }
}
