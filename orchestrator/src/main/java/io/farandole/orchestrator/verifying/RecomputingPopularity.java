package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What popularity's rows should say: sums of acts by item and window of 28 days. */
final class RecomputingPopularity {

    static final String STORE = "popularity.windows";

    static final List<String> COUNTS =
            List.of("positive", "negative", "ratings", "favourites", "bookings", "views");

    private static final double POSITIVE_FROM = 3.5;
    private static final long SECONDS_A_WINDOW = 28L * 86_400;

    private final Map<String, Sums> sums = new HashMap<>();
    private final ExpectedRows expected;

    RecomputingPopularity(ExpectedRows expected) {
        expected.compare(STORE);
        this.expected = expected;
    }

    static final class Sums {
        private final String item;
        private final long window;
        private int positive;
        private int negative;
        private int ratings;
        private int favourites;
        private int bookings;
        private int views;

        Sums(String item, long window) {
            this.item = item;
            this.window = window;
        }

        ObjectNode says() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("item", item)
                    .put("window", window)
                    .put("positive", positive)
                    .put("negative", negative)
                    .put("ratings", ratings)
                    .put("favourites", favourites)
                    .put("bookings", bookings)
                    .put("views", views);
        }
    }

    /**
     * @param event an act with an item
     */
    void accept(JournaledEvent event) {
        if (!event.isAppliedBy("popularity")) {
            return;
        }
        Sums its = sums.computeIfAbsent(key(event), _ -> noSums(event));
        switch (event.kind()) {
            case "rated" -> {
                boolean positive = isPositive(event);
                its.ratings++;
                its.positive += positive ? 1 : 0;
                its.negative += positive ? 0 : 1;
            }
            case "favourited" -> {
                its.favourites++;
                its.positive++;
            }
            case "unfavourited" -> {
                its.favourites--;
                its.positive--;
            }
            case "bookingMade" -> {
                its.bookings++;
                its.positive++;
            }
            case "bookingCancelled" -> {
                its.bookings--;
                its.positive--;
            }
            case "viewed" -> its.views++;
            default -> {}
        }
    }

    /** Of the row that counts this act. */
    static String key(JournaledEvent event) {
        return event.text("item") + "|" + window(event);
    }

    /** That row before it has counted any. */
    static Sums noSums(JournaledEvent event) {
        return new Sums(event.text("item"), window(event));
    }

    /**
     * @param event a rating
     */
    static boolean isPositive(JournaledEvent event) {
        return event.body().path("value").asDouble() >= POSITIVE_FROM;
    }

    private static long window(JournaledEvent event) {
        return Math.floorDiv(event.told().time().getEpochSecond(), SECONDS_A_WINDOW);
    }

    void finish() {
        sums.forEach((key, its) -> expected.row(STORE, key, its::says));
    }
}
