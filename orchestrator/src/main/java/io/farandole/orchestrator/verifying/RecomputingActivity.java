package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the rows about users should say: windows of popularity, what each user has had, who has a
 * list.
 */
final class RecomputingActivity {

    private static final Set<String> WITH_ITEM =
            Set.of(
                    "viewed",
                    "favourited",
                    "unfavourited",
                    "rated",
                    "bookingMade",
                    "bookingCancelled",
                    "bookingUsed");
    private static final double POSITIVE_FROM = 3.5;
    private static final long SECONDS_A_WINDOW = 28L * 86_400;

    private final Map<String, JournaledEvent> lastRating = new HashMap<>();
    private final Map<String, JournaledEvent> erasures;
    private final Set<String> acted = new HashSet<>();
    private final ExpectedRows expected;

    /**
     * @param erasures the last erasure of each erased user: what was told before it counts for
     *     popularity alone
     */
    RecomputingActivity(ExpectedRows expected, Map<String, JournaledEvent> erasures) {
        this.expected = expected;
        this.erasures = erasures;
        expected.compare(
                "popularity.windows",
                "positive",
                "negative",
                "ratings",
                "favourites",
                "bookings",
                "views");
        expected.compare("profile.items", "value");
        expected.compare("profile.users");
    }

    void accept(JournaledEvent event) {
        String user = event.text("user");
        JournaledEvent erasure = erasures.get(user);
        boolean forgotten = erasure != null && !event.hasTheLastWordOver(erasure);
        if (!WITH_ITEM.contains(event.kind())) {
            expected.row("profile.users", user);
            return;
        }
        count(event);
        if (!forgotten) {
            acted.add(user);
            String key = user.replace("%", "%25").replace("|", "%7C") + "|" + event.text("item");
            expected.row("profile.items", key);
            if (event.kind().equals("rated")) {
                lastRating.merge(
                        key, event, (old, young) -> young.hasTheLastWordOver(old) ? young : old);
            }
        }
    }

    void finish() {
        lastRating.forEach(
                (key, event) ->
                        expected.row("profile.items", key).put("value", event.text("value")));
    }

    /** Users who did something that is not forgotten: each has a list. */
    Set<String> acted() {
        return acted;
    }

    private void count(JournaledEvent event) {
        long window = Math.floorDiv(event.time().getEpochSecond(), SECONDS_A_WINDOW);
        String key = event.text("item") + "|" + window;
        switch (event.kind()) {
            case "rated" -> {
                boolean positive = event.body().path("value").asDouble() >= POSITIVE_FROM;
                expected.add("popularity.windows", key, positive ? "positive" : "negative", 1);
                expected.add("popularity.windows", key, "ratings", 1);
            }
            case "favourited" -> both(key, "favourites", 1);
            case "unfavourited" -> both(key, "favourites", -1);
            case "bookingMade" -> both(key, "bookings", 1);
            case "bookingCancelled" -> both(key, "bookings", -1);
            case "viewed" -> expected.add("popularity.windows", key, "views", 1);
            default -> expected.row("popularity.windows", key);
        }
    }

    private void both(String key, String field, int amount) {
        expected.add("popularity.windows", key, field, amount);
        expected.add("popularity.windows", key, "positive", amount);
    }
}
