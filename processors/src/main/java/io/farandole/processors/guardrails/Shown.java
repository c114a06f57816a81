package io.farandole.processors.guardrails;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a user was shown in an hour, and did with it. Both are kept as they were told, and what came
 * of it is computed from them: so it does not matter which is heard first.
 *
 * @param window the hour's number
 * @param lists that were shown, in order
 * @param acts clicks and bookings, in order
 * @param outcomes by release
 */
record Shown(
        String user,
        long window,
        List<ServedList> lists,
        List<Act> acts,
        SortedMap<String, Outcome> outcomes) {

    /** For so long after a list was shown an act counts as because of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /**
     * A list that was shown.
     *
     * @param call by which it is known
     */
    record ServedList(Instant at, String call, String release, List<String> items) {}

    /** A click, or a booking. */
    record Act(Instant at, String item, boolean booking) {}

    /**
     * What came of the lists of a release.
     *
     * @param clicked how many of them something was clicked on
     * @param booked how many of them something was booked from
     */
    record Outcome(int lists, int clicked, int booked) {

        static final Outcome NONE = new Outcome(0, 0, 0);

        Outcome and(boolean isClicked, boolean isBooked) {
            return new Outcome(
                    lists + 1, clicked + (isClicked ? 1 : 0), booked + (isBooked ? 1 : 0));
        }
    }

    static Shown none(String user, long window) {
        return new Shown(user, window, List.of(), List.of(), new TreeMap<>());
    }

    Shown and(ServedList list) {
        return of(
                Stream.concat(lists.stream(), Stream.of(list))
                        .sorted(
                                Comparator.comparing(ServedList::at)
                                        .thenComparing(ServedList::call))
                        .toList(),
                acts);
    }

    Shown and(Act act) {
        return of(
                lists,
                Stream.concat(acts.stream(), Stream.of(act))
                        .sorted(
                                Comparator.comparing(Act::at)
                                        .thenComparing(Act::item)
                                        .thenComparing(Act::booking))
                        .toList());
    }

    private Shown of(List<ServedList> newLists, List<Act> newActs) {
        SortedMap<String, Outcome> all = new TreeMap<>();
        for (ServedList list : newLists) {
            all.put(
                    list.release(),
                    all.getOrDefault(list.release(), Outcome.NONE)
                            .and(
                                    isActedOn(list, newLists, newActs, false),
                                    isActedOn(list, newLists, newActs, true)));
        }
        return new Shown(user, window, newLists, newActs, all);
    }

    /** An act is because of the last list before it that had its item. */
    private static boolean isActedOn(
            ServedList list, List<ServedList> lists, List<Act> acts, boolean booking) {
        return acts.stream()
                .filter(act -> act.booking() == booking)
                .anyMatch(
                        act ->
                                lists.stream()
                                        .filter(one -> isBefore(one, act))
                                        .reduce((_, later) -> later)
                                        .filter(list::equals)
                                        .isPresent());
    }

    private static boolean isBefore(ServedList list, Act act) {
        return list.items().contains(act.item())
                && !act.at().isBefore(list.at())
                && !act.at().isAfter(list.at().plus(PATIENCE));
    }
}
