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

    private final Map<String, JournaledEvent> lastAct = new HashMap<>();
    private final Map<String, JournaledEvent> lastRating = new HashMap<>();
    private final Map<String, JournaledEvent> lastErasure = new HashMap<>();
    private final Set<String> acted = new HashSet<>();
    private final ExpectedRows expected;

    RecomputingActivity(ExpectedRows expected) {
        this.expected = expected;
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
        if (event.kind().equals("erased")) {
            lastErasure.merge(user, event, RecomputingActivity::last);
        }
        if (!WITH_ITEM.contains(event.kind())) {
            expected.row("profile.users", user);
            return;
        }
        count(event);
        String key = user.replace("%", "%25").replace("|", "%7C") + "|" + event.text("item");
        lastAct.merge(key, event, RecomputingActivity::last);
        if (event.kind().equals("rated")) {
            lastRating.merge(key, event, RecomputingActivity::last);
        }
    }

    /** What was told before a user's erasure counts for popularity alone. */
    void finish() {
        lastAct.forEach(
                (key, event) -> {
                    if (!isForgotten(event)) {
                        acted.add(event.text("user"));
                        expected.row("profile.items", key);
                    }
                });
        lastRating.forEach(
                (key, event) -> {
                    if (!isForgotten(event)) {
                        expected.row("profile.items", key).put("value", event.text("value"));
                    }
                });
    }

    private boolean isForgotten(JournaledEvent event) {
        JournaledEvent erasure = lastErasure.get(event.text("user"));
        return erasure != null && !event.hasTheLastWordOver(erasure);
    }

    private static JournaledEvent last(JournaledEvent old, JournaledEvent young) {
        return young.hasTheLastWordOver(old) ? young : old;
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
