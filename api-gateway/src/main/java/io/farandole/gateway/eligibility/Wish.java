package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.Position;
import io.farandole.gateway.scenarios.Named;
import io.farandole.gateway.zones.Zone;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for; what it does not name it does not care about.
 *
 * @param size how many offers at most
 * @param digital only what can be had anywhere, or only what cannot
 * @param duo only for two, or only for one
 * @param scenario for what place in an app
 */
public record Wish(
        int size,
        Price price,
        Kinds kinds,
        Dates dates,
        @Nullable Boolean digital,
        @Nullable Boolean duo,
        Where where,
        Order order,
        Named scenario) {

    /** Anything. */
    public static Wish of(int size) {
        return of(size, Order.USUAL);
    }

    /** Anything, not mixed. */
    public static Wish bestFirst(int size) {
        return of(size, Order.BEST_FIRST);
    }

    private static Wish of(int size, Order order) {
        return new Wish(
                size,
                Price.ANY,
                Kinds.ANY,
                Dates.ANY,
                null,
                null,
                Where.ANYWHERE,
                order,
                Named.NONE);
    }

    /** The same, for another place in an app. */
    public Wish in(Named place) {
        return new Wish(size, price, kinds, dates, digital, duo, where, order, place);
    }

    /** The same, the best first. */
    public Wish unmixed() {
        return new Wish(
                size,
                price,
                kinds,
                dates,
                digital,
                duo,
                where,
                new Order(null, false, order.byDistance()),
                scenario);
    }

    /** So many of the same. */
    public Wish sized(int most) {
        return new Wish(most, price, kinds, dates, digital, duo, where, order, scenario);
    }

    /**
     * Of what kinds; of each sort of kind any of these.
     *
     * @param categories an offer's own
     * @param searchGroups or categories: the old API had one word for both
     */
    public record Kinds(
            Set<String> categories, Set<String> subcategories, Set<String> searchGroups) {

        public static final Kinds ANY = new Kinds(Set.of(), Set.of(), Set.of());

        public Kinds {
            categories = Set.copyOf(categories);
            subcategories = Set.copyOf(subcategories);
            searchGroups = Set.copyOf(searchGroups);
        }
    }

    /**
     * Where.
     *
     * @param near where the asker is
     * @param radiusMetres how far away it may be; counts only with {@code near}
     */
    public record Where(
            @Nullable Position near, @Nullable Integer radiusMetres, @Nullable Zone zone) {

        public static final Where ANYWHERE = new Where(null, null, null);
    }

    /** In cents, both ends included. */
    public record Price(@Nullable Integer min, @Nullable Integer max) {

        public static final Price ANY = new Price(null, null);
    }

    /**
     * How an answer is put in order.
     *
     * @param mixedBy one of each in turn; null for the best first
     * @param shuffled by chance before it is mixed
     * @param byDistance the nearest first, in the end
     */
    public record Order(@Nullable MixedBy mixedBy, boolean shuffled, boolean byDistance) {

        public static final Order USUAL = new Order(MixedBy.SUBCATEGORY, false, false);
        public static final Order BEST_FIRST = new Order(null, false, false);
    }

    /** What of an offer tells it from others when they are mixed. */
    public enum MixedBy {
        SUBCATEGORY,
        SEARCH_GROUP,
        CATEGORY
    }
}
