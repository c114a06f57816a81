package io.farandole.gateway.eligibility;

import io.farandole.gateway.offers.Position;
import io.farandole.gateway.zones.Zone;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for; what it does not name it does not care about.
 *
 * @param size how many offers at most
 * @param categories any of an offer's own
 * @param searchGroups or categories: the old API had one word for both
 * @param digital only what can be had anywhere, or only what cannot
 * @param duo only for two, or only for one
 * @param near where the asker is
 * @param radiusMetres how far away it may be; counts only with {@code near}
 */
public record Wish(
        int size,
        Price price,
        Set<String> categories,
        Set<String> subcategories,
        Set<String> searchGroups,
        Dates dates,
        @Nullable Boolean digital,
        @Nullable Boolean duo,
        @Nullable Position near,
        @Nullable Integer radiusMetres,
        @Nullable Zone zone,
        Order order) {

    public Wish {
        categories = Set.copyOf(categories);
        subcategories = Set.copyOf(subcategories);
        searchGroups = Set.copyOf(searchGroups);
    }

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
                size, Price.ANY, Set.of(), Set.of(), Set.of(), Dates.ANY, null, null, null, null,
                null, order);
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
