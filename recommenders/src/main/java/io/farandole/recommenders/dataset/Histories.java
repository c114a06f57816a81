package io.farandole.recommenders.dataset;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What each user has met, and whether it was liked: of several acts of one user for one item, the
 * latest that is graded decides; acts without any grade are positive. A grade is positive from
 * {@link Interaction#POSITIVE_STARS} up; where no grade of the whole set is above 1, the grades are
 * no stars but marks, and positive above 0.
 */
public final class Histories {

    /** The weights of a history that is folded in. */
    public static final double LIKED = 1;

    public static final double MET = 0;

    private record Verdict(boolean graded, Instant at, double value) {

        static Verdict of(Interaction interaction) {
            return new Verdict(interaction.isGraded(), interaction.at(), interaction.value());
        }

        /** At the same moment the better grade counts, so that their order does not. */
        static Verdict later(Verdict a, Verdict b) {
            if (a.graded != b.graded) {
                return a.graded ? a : b;
            }
            int order = a.at.compareTo(b.at);
            if (order == 0) {
                order = Double.compare(a.value, b.value);
            }
            return order >= 0 ? a : b;
        }
    }

    private final SortedMap<String, Map<String, Verdict>> byUser = new TreeMap<>();
    private final SortedSet<String> items = new TreeSet<>();
    private final boolean stars;

    private Histories(Collection<Interaction> interactions, boolean stars) {
        this.stars = stars;
        for (Interaction interaction : interactions) {
            items.add(interaction.item());
            byUser.computeIfAbsent(interaction.user(), _ -> new HashMap<>())
                    .merge(interaction.item(), Verdict.of(interaction), Verdict::later);
        }
    }

    public static Histories of(Collection<Interaction> interactions) {
        return new Histories(interactions, areStars(interactions));
    }

    /** Of the part that was held out: its grades are what those of the whole split are. */
    public static Histories ofTest(Split split) {
        return new Histories(split.test(), areStars(split.train()) || areStars(split.test()));
    }

    /** Of the part to learn from, likewise. */
    public static Histories ofTrain(Split split) {
        return new Histories(split.train(), areStars(split.train()) || areStars(split.test()));
    }

    private static boolean areStars(Collection<Interaction> interactions) {
        return interactions.stream().anyMatch(one -> one.isGraded() && one.value() > 1);
    }

    /** All users, in order. */
    public SortedSet<String> users() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byUser.keySet()));
    }

    /** All items, in order. */
    public SortedSet<String> items() {
        return Collections.unmodifiableSortedSet(items);
    }

    /**
     * The items the user has met, in the order of time and, at the same moment, of ids: {@link
     * #LIKED} or only {@link #MET}; empty for an unknown user. As it is, it can be folded into a
     * model.
     */
    public SequencedMap<String, Double> of(String user) {
        SequencedMap<String, Double> weights = new LinkedHashMap<>();
        inTime(user)
                .forEach(
                        entry ->
                                weights.put(
                                        entry.getKey(), isLiked(entry.getValue()) ? LIKED : MET));
        return weights;
    }

    /** When each item of {@link #of} was met, in its order; in milliseconds. */
    public long[] timesOf(String user) {
        return inTime(user).stream()
                .mapToLong(entry -> entry.getValue().at.toEpochMilli())
                .toArray();
    }

    private List<Map.Entry<String, Verdict>> inTime(String user) {
        return byUser.getOrDefault(user, Map.of()).entrySet().stream()
                .sorted(
                        Comparator.comparing((Map.Entry<String, Verdict> one) -> one.getValue().at)
                                .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /** Every item that somebody liked, and when, in the order of users and items. */
    public void forEachLike(BiConsumer<String, Instant> consumer) {
        byUser.values()
                .forEach(
                        verdicts ->
                                verdicts.entrySet().stream()
                                        .filter(entry -> isLiked(entry.getValue()))
                                        .sorted(Map.Entry.comparingByKey())
                                        .forEach(
                                                entry ->
                                                        consumer.accept(
                                                                entry.getKey(),
                                                                entry.getValue().at())));
    }

    private boolean isLiked(Verdict verdict) {
        return !verdict.graded
                || (stars ? verdict.value >= Interaction.POSITIVE_STARS : verdict.value > 0);
    }
}
