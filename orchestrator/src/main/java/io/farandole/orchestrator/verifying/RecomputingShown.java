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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /**
     * What is told of in one topic may be heard so much earlier or later than what is told of in
     * another at the same time. A processor that stood still for longer may have caught up with
     * either first, and one that put something aside may have applied it later: what is named of
     * erased users then, a rebuild mends.
     */
    private static final Duration APART = Duration.ofHours(1);

    private final Map<String, Hour> rows = new HashMap<>();
    private final Map<String, Instant> erased = new HashMap<>();
    private final ExpectedRows expected;
    private final Passing passing;
    private final Instant now;

    /**
     * @param now what was to go long before is not computed
     * @param longest for so long a canary may be tried, and what was shown is kept
     */
    RecomputingShown(ExpectedRows expected, Instant now, Duration longest) {
        this.expected = expected;
        this.passing = Passing.of(Duration.ofSeconds(SECONDS_A_ROW), longest.plus(NEWS));
        this.now = now;
        expected.compare(STORE, passing);
    }

    private record ServedList(Instant at, String call, String release, List<String> items) {}

    private record Act(Instant at, String item, boolean booking) {}

    private static final Comparator<Act> BY_TIME =
            Comparator.comparing(Act::at).thenComparing(Act::item).thenComparing(Act::booking);

    /** What was told, and when. */
    private record Heard<T>(Instant published, T what) {}

    /**
     * One row.
     *
     * @param withheld when that was told which is given to nobody any more
     */
    private record Hour(
            String user,
            long window,
            List<Heard<ServedList>> lists,
            List<Heard<Act>> acts,
            List<Instant> withheld) {

        Hour(String user, long window) {
            this(user, window, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /**
         * Whether any of it may have been heard before its user was forgotten or after it, or may
         * be there or not, as the rows were rebuilt or not.
         *
         * @param forgotten null for never
         */
        boolean isUncertain(@Nullable Instant forgotten) {
            if (forgotten == null) {
                return !withheld.isEmpty();
            }
            return withheld.stream().anyMatch(at -> at.plus(APART).isAfter(forgotten))
                    || told().anyMatch(
                                    at ->
                                            at.plus(APART).isAfter(forgotten)
                                                    && at.minus(APART).isBefore(forgotten));
        }

        private Stream<Instant> told() {
            return Stream.concat(lists.stream(), acts.stream()).map(Heard::published);
        }

        List<ServedList> listsSince(@Nullable Instant forgotten) {
            return since(forgotten, lists);
        }

        List<Act> actsSince(@Nullable Instant forgotten) {
            return since(forgotten, acts);
        }

        private static <T> List<T> since(@Nullable Instant forgotten, List<Heard<T>> all) {
            return all.stream()
                    .filter(one -> forgotten == null || one.published().isAfter(forgotten))
                    .map(Heard::what)
                    .toList();
        }
    }

    /**
     * @param event about an answer
     */
    void impression(JournaledEvent event) {
        if (isShown(event) && isKept(event)) {
            List<String> items = new ArrayList<>();
            event.body().path("items").forEach(item -> items.add(item.asString("")));
            ServedList list =
                    new ServedList(
                            event.told().time(), event.text("call"), event.text("release"), items);
            hour(event).lists().add(new Heard<>(event.published(), list));
        }
    }

    private static boolean isShown(JournaledEvent event) {
        return event.kind().equals("playlistServed")
                && event.body().hasNonNull("release")
                && event.body().hasNonNull("canary");
    }

    /**
     * @param event about a user
     */
    void activity(JournaledEvent event) {
        if (event.kind().equals("erased") && event.isAppliedBy(GUARDRAILS)) {
            erased.merge(event.text("user"), event.published(), (a, b) -> a.isBefore(b) ? b : a);
        } else if (isNews(event) && isKept(event)) {
            Act act =
                    new Act(event.told().time(), event.text("item"), event.kind().equals(BOOKING));
            hour(event).acts().add(new Heard<>(event.published(), act));
        }
    }

    private static boolean isNews(JournaledEvent event) {
        return (event.kind().equals(BOOKING) || event.kind().equals(CLICK))
                && !event.told().time().plus(NEWS).isBefore(event.recorded());
    }

    /**
     * @param event about a user who asked to be forgotten since, of whichever topic
     */
    void withheld(JournaledEvent event) {
        if ((isShown(event) || isNews(event)) && isKept(event)) {
            hour(event).withheld().add(event.published());
        }
    }

    private boolean isKept(JournaledEvent event) {
        return event.isAppliedBy(GUARDRAILS) && passing.longGone(key(event), now).isEmpty();
    }

    private Hour hour(JournaledEvent event) {
        return rows.computeIfAbsent(key(event), _ -> new Hour(event.text("user"), window(event)));
    }

    private static String key(JournaledEvent event) {
        return event.text("user") + "|" + window(event);
    }

    private static long window(JournaledEvent event) {
        return Math.floorDiv(event.told().time().getEpochSecond(), SECONDS_A_ROW);
    }

    /**
     * After the last event. Whoever is forgotten has no row any more, whatever the time that it is
     * about, but of what is told of them after that. They ask in one topic, and are told of in
     * another: around it nobody knows what was heard first.
     */
    void finish() {
        Set<String> uncertain = new HashSet<>();
        rows.forEach(
                (key, hour) -> {
                    Instant forgotten = erased.get(hour.user());
                    if (hour.isUncertain(forgotten)) {
                        uncertain.add(key);
                        return;
                    }
                    List<ServedList> lists = hour.listsSince(forgotten);
                    List<Act> acts = hour.actsSince(forgotten);
                    if (!lists.isEmpty() || !acts.isEmpty()) {
                        expected.row(
                                STORE, key, () -> says(hour.user(), hour.window(), lists, acts));
                    }
                });
        expected.ignore(STORE, uncertain::contains);
    }

    private static ObjectNode says(
            String user, long window, List<ServedList> shown, List<Act> done) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        List<ServedList> inOrder =
                shown.stream()
                        .sorted(
                                Comparator.comparing(ServedList::at)
                                        .thenComparing(ServedList::call))
                        .toList();
        Set<ServedList> clicked = new HashSet<>();
        Set<ServedList> booked = new HashSet<>();
        ArrayNode acts = nodes.arrayNode();
        for (Act act : done.stream().sorted(BY_TIME).toList()) {
            acts.addObject()
                    .put("at", act.at().toString())
                    .put("item", act.item())
                    .put("booking", act.booking());
            ServedList because = because(act, inOrder);
            if (because != null) {
                (act.booking() ? booked : clicked).add(because);
            }
        }
        ArrayNode lists = nodes.arrayNode();
        Map<String, ObjectNode> outcomes = new TreeMap<>();
        for (ServedList list : inOrder) {
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
                .put("user", user)
                .put("window", window)
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
