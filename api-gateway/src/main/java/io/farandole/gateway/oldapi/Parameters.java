package io.farandole.gateway.oldapi;

import io.farandole.gateway.eligibility.Dates;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.eligibility.Wish.MixedBy;
import io.farandole.gateway.offers.Position;
import io.farandole.gateway.parameters.Said;
import io.farandole.gateway.parameters.Values;
import io.farandole.gateway.problems.Flaw;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.scenarios.Scenarios;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A request of the old API, read.
 *
 * @param isFiltered whether any of what it knew was said
 * @param isLocated whether a position was
 * @param isInternal whether nothing is to be told of it
 * @param unknown how many names it did not know
 */
record Parameters(
        Wish wish,
        boolean isFiltered,
        boolean isLocated,
        boolean isInternal,
        @Nullable String user,
        @Nullable String modelName,
        int unknown) {

    static final int MOST_OFFERS = 150;
    static final int MOST_METRES = 20_100_000;
    static final int MOST_EUROS = 1_000_000;

    /** Of the request itself, in the query alone. */
    static final Set<String> OF_THE_CALL =
            Set.of("token", "longitude", "latitude", "internal", "userId");

    /** What it did not have, and is of use at its addresses too. */
    static final Set<String> OURS = Set.of("scenario");

    /** What the old API came to know, with the names that its app used later. */
    static final Set<String> FILTERS =
            Set.of(
                    "modelName",
                    "startDate",
                    "beginningDatetime",
                    "endDate",
                    "endingDatetime",
                    "isEvent",
                    "offerIsDuo",
                    "isDuo",
                    "isDigital",
                    "categories",
                    "subcategories",
                    "movieType",
                    "offerTypeLabel",
                    "offerSubTypeLabel",
                    "macroRayon",
                    "priceMin",
                    "priceMax",
                    "includeNumericals",
                    "nbRecoDisplay",
                    "recoRadius",
                    "isRecoShuffled",
                    "isRecoMixed",
                    "isSortByDistance",
                    "mixingFeatures");

    /**
     * @param call what stands in the query
     * @param filters what stands in the query and in the body
     * @param usual how many offers, unless that is said
     * @param scenarios those that may be named
     * @throws ProblemException naming every value that is none
     */
    static Parameters read(Said call, Said filters, int usual, ZoneId zone, Scenarios scenarios) {
        Values values = new Values(filters, zone);
        Values ofTheCall = new Values(call, zone);
        Position near = position(ofTheCall);
        Integer internal = internal(ofTheCall);
        String user = ofTheCall.text("userId");
        Integer size = values.whole("nbRecoDisplay", 1, MOST_OFFERS);
        Boolean withDigital = values.flag("includeNumericals");
        Boolean digital = values.flag("isDigital");
        Wish wish =
                new Wish(
                        size == null ? usual : size,
                        new Wish.Price(cents(values, "priceMin"), cents(values, "priceMax")),
                        new Wish.Kinds(
                                labels(values),
                                values.list("subcategories"),
                                values.list("categories")),
                        dates(values),
                        withoutDigital(withDigital, digital),
                        either(values, "offerIsDuo", "isDuo"),
                        new Wish.Where(near, values.whole("recoRadius", 1, MOST_METRES), null),
                        order(values),
                        scenarios.wished(values));
        String modelName = values.text("modelName");
        List<Flaw> flaws = new ArrayList<>(ofTheCall.flaws());
        flaws.addAll(values.flaws());
        if (!flaws.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.INVALID_PARAMETER,
                    flaws.getFirst().place() + " " + flaws.getFirst().reason(),
                    flaws);
        }
        return new Parameters(
                wish,
                names(filters).stream().anyMatch(FILTERS::contains),
                near != null,
                internal != null && internal == 1,
                user,
                modelName,
                (int)
                        names(filters).stream()
                                .filter(name -> !FILTERS.contains(name))
                                .filter(name -> !OF_THE_CALL.contains(name))
                                .filter(name -> !OURS.contains(name))
                                .count());
    }

    private static @Nullable Boolean withoutDigital(
            @Nullable Boolean withDigital, @Nullable Boolean digital) {
        boolean isWithout = digital == null && Boolean.FALSE.equals(withDigital);
        return isWithout ? Boolean.FALSE : digital;
    }

    private static Set<String> names(Said said) {
        Set<String> names = new HashSet<>();
        StreamSupport.stream(said.names().spliterator(), false).forEach(names::add);
        return names;
    }

    /** Of which the old API had a column each; here they are among an offer's categories. */
    private static Set<String> labels(Values values) {
        Set<String> labels = new HashSet<>();
        for (String name :
                List.of("movieType", "offerTypeLabel", "offerSubTypeLabel", "macroRayon")) {
            labels.addAll(values.list(name));
        }
        return labels;
    }

    private static @Nullable Position position(Values values) {
        BigDecimal latitude = values.number("latitude", -90, 90);
        BigDecimal longitude = values.number("longitude", -180, 180);
        return latitude == null || longitude == null
                ? null
                : new Position(latitude.doubleValue(), longitude.doubleValue());
    }

    // What could not be read was not internal.
    private static @Nullable Integer internal(Values values) {
        String text = values.text("internal");
        return text != null && text.equals("1") ? Integer.valueOf(1) : null;
    }

    private static @Nullable Integer cents(Values values, String name) {
        BigDecimal euros = values.number(name, 0, MOST_EUROS);
        return euros == null
                ? null
                : euros.movePointRight(2).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    private static Dates dates(Values values) {
        Instant after = either(values.time("startDate"), values.time("beginningDatetime"));
        Instant before = either(values.time("endDate"), values.time("endingDatetime"));
        Boolean isEvent = values.flag("isEvent");
        if (after != null && before != null && !before.isAfter(after)) {
            values.flaw("endDate", "is not after startDate");
        }
        return after == null && before == null
                ? Dates.ANY
                : new Dates(
                        Boolean.TRUE.equals(isEvent) ? Dates.Of.START : Dates.Of.LISTING,
                        after,
                        before);
    }

    private static @Nullable Boolean either(Values values, String name, String later) {
        Boolean first = values.flag(name);
        Boolean second = values.flag(later);
        return first == null ? second : first;
    }

    private static @Nullable Instant either(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : one;
    }

    private static Wish.Order order(Values values) {
        Boolean mixed = values.flag("isRecoMixed");
        Boolean shuffled = values.flag("isRecoShuffled");
        Boolean byDistance = values.flag("isSortByDistance");
        MixedBy by = mixedBy(values);
        return new Wish.Order(
                Boolean.FALSE.equals(mixed) ? null : by,
                Boolean.TRUE.equals(shuffled),
                Boolean.TRUE.equals(byDistance));
    }

    private static MixedBy mixedBy(Values values) {
        String name = values.text("mixingFeatures");
        if (name == null) {
            return MixedBy.SUBCATEGORY;
        }
        return switch (name) {
            case "subcategory_id" -> MixedBy.SUBCATEGORY;
            case "search_group_name" -> MixedBy.SEARCH_GROUP;
            case "category" -> MixedBy.CATEGORY;
            default -> {
                values.flaw(
                        "mixingFeatures",
                        "is none of subcategory_id, search_group_name and category");
                yield MixedBy.SUBCATEGORY;
            }
        };
    }
}
