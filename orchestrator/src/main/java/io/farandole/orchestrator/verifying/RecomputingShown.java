package io.farandole.orchestrator.verifying;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the rows should say of what each user was shown in an hour while a canary was tried, of what
 * that user clicked on and booked in it, and of which list each of these acts is because.
 */
final class RecomputingShown {

    static final String STORE = "guardrails.shown";

    private static final String GUARDRAILS = "guardrails";
    private static final String CLICK = "viewed";
    private static final String BOOKING = "bookingMade";
    private static final long SECONDS_A_ROW = 3_600;

    /** What is told of later than this is history. */
    private static final Duration NEWS = Duration.ofHours(1);

    /** For so long after a list was shown an act may be because of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Map<String, Hour> rows = new HashMap<>();
    private final Set<String> erased = new HashSet<>();
    private final ExpectedRows expected;

    RecomputingShown(ExpectedRows expected) {
        this.expected = expected;
        expected.compare(STORE);
    }

    private record ServedList(Instant at, String call, String release, List<String> items) {}

    private record Act(Instant at, String item, boolean booking) {}

    /** One row. */
    private record Hour(String user, long window, List<ServedList> lists, List<Act> acts) {}

    /**
     * @param event about an answer
     */
    void impression(JournaledEvent event) {
        JsonNode body = event.body();
        if (event.kind().equals("playlistServed")
                && body.hasNonNull("release")
                && body.hasNonNull("canary")
                && event.isAppliedBy(GUARDRAILS)) {
            List<String> items = new ArrayList<>();
            body.path("items").forEach(item -> items.add(item.asString("")));
            hour(event)
                    .lists()
                    .add(
                            new ServedList(
                                    event.told().time(),
                                    event.text("call"),
                                    event.text("release"),
                                    items));
        }
    }

    /**
     * @param event about a user
     */
    void activity(JournaledEvent event) {
        boolean booking = event.kind().equals(BOOKING);
        if (event.kind().equals("erased")) {
            erased.add(event.text("user"));
        } else if ((booking || event.kind().equals(CLICK))
                && event.isAppliedBy(GUARDRAILS)
                && !event.told().time().plus(NEWS).isBefore(event.recorded())) {
            hour(event).acts().add(new Act(event.told().time(), event.text("item"), booking));
        }
    }

    private Hour hour(JournaledEvent event) {
        String user = event.text("user");
        long window = Math.floorDiv(event.told().time().getEpochSecond(), SECONDS_A_ROW);
        return rows.computeIfAbsent(
                user + "|" + window,
                _ -> new Hour(user, window, new ArrayList<>(), new ArrayList<>()));
    }

    /**
     * After the last event.
     *
     * @param longest for so long a canary may be tried, and what was shown is kept
     */
    void finish(Instant now, Duration longest) {
        rows.forEach(
                (key, hour) -> {
                    if (!erased.contains(hour.user())) {
                        expected.row(STORE, key, () -> says(hour));
                        Instant end = Instant.ofEpochSecond((hour.window() + 1) * SECONDS_A_ROW);
                        if (!end.plus(longest).plus(NEWS).isAfter(now)) {
                            expected.mayBeGone(STORE, key);
                        }
                    }
                });
        // They ask in one topic, and are told of in another: what comes in after that is kept, for
        // as long as all is.
        expected.ignore(STORE, key -> erased.contains(userOf(key)));
    }

    private static String userOf(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('|')));
    }

    private static ObjectNode says(Hour hour) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        hour.lists().sort(Comparator.comparing(ServedList::at).thenComparing(ServedList::call));
        hour.acts()
                .sort(
                        Comparator.comparing(Act::at)
                                .thenComparing(Act::item)
                                .thenComparing(Act::booking));
        Set<ServedList> clicked = new HashSet<>();
        Set<ServedList> booked = new HashSet<>();
        ArrayNode acts = nodes.arrayNode();
        for (Act act : hour.acts()) {
            acts.addObject()
                    .put("at", act.at().toString())
                    .put("item", act.item())
                    .put("booking", act.booking());
            ServedList because = because(act, hour.lists());
            if (because != null) {
                (act.booking() ? booked : clicked).add(because);
            }
        }
        ArrayNode lists = nodes.arrayNode();
        Map<String, ObjectNode> outcomes = new TreeMap<>();
        for (ServedList list : hour.lists()) {
            ArrayNode items = nodes.arrayNode();
            list.items().forEach(items::add);
            lists.addObject()
                    .put("at", list.at().toString())
                    .put("call", list.call())
                    .put("release", list.release())
                    .set("items", items);
            ObjectNode its = outcomes.computeIfAbsent(list.release(), _ -> nodes.objectNode());
            add(its, "lists", true);
            add(its, "clicked", clicked.contains(list));
            add(its, "booked", booked.contains(list));
        }
        ObjectNode byRelease = nodes.objectNode();
        outcomes.forEach(byRelease::set);
        return nodes.objectNode()
                .put("user", hour.user())
                .put("window", hour.window())
                .set("lists", lists)
                .set("acts", acts)
                .set("outcomes", byRelease);
    }

    private static void add(ObjectNode outcome, String name, boolean one) {
        outcome.put(name, outcome.path(name).asInt(0) + (one ? 1 : 0));
    }

    /** The last list before it that had its item. */
    private static @Nullable ServedList because(Act act, List<ServedList> lists) {
        ServedList last = null;
        for (ServedList list : lists) {
            if (list.items().contains(act.item())
                    && !list.at().isAfter(act.at())
                    && !list.at().plus(PATIENCE).isBefore(act.at())) {
                last = list;
            }
        }
        return last;
    }
}
