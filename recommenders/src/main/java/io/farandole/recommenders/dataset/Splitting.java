package io.farandole.recommenders.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Splits in time: what is tested always comes after what is learnt from. The order is by time, then
 * item, then user, then value, so that the same interactions are always split the same way, however
 * they were ordered.
 */
public final class Splitting {

    /** The part that is held out: one in so many. */
    private static final int ONE_IN = 5;

    /** Whoever has fewer interactions is only learnt from. */
    private static final int FEWEST = 5;

    private static final Comparator<Interaction> IN_TIME =
            Comparator.comparing(Interaction::at)
                    .thenComparing(Interaction::item)
                    .thenComparing(Interaction::user)
                    .thenComparingDouble(Interaction::value);

    private Splitting() {}

    /**
     * Holds out the last fifth, rounded up, of each user's interactions; nothing of users with
     * fewer than five.
     */
    public static Split perUser(Collection<Interaction> interactions) {
        Map<String, List<Interaction>> byUser =
                interactions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Interaction::user, TreeMap::new, Collectors.toList()));
        List<Interaction> train = new ArrayList<>();
        List<Interaction> test = new ArrayList<>();
        for (List<Interaction> history : byUser.values()) {
            history.sort(IN_TIME);
            int cut = history.size() < FEWEST ? history.size() : learntFrom(history.size());
            train.addAll(history.subList(0, cut));
            test.addAll(history.subList(cut, history.size()));
        }
        return new Split(train, test);
    }

    /**
     * One cut in time for all: the last fifth, rounded up, is held out. Of those, only what warm
     * users did is kept as a test: users who have something before the cut too.
     */
    public static Split global(Collection<Interaction> interactions) {
        List<Interaction> sorted = interactions.stream().sorted(IN_TIME).toList();
        int cut = sorted.size() < FEWEST ? sorted.size() : learntFrom(sorted.size());
        List<Interaction> train = sorted.subList(0, cut);
        Set<String> warm = train.stream().map(Interaction::user).collect(Collectors.toSet());
        return new Split(
                train,
                sorted.subList(cut, sorted.size()).stream()
                        .filter(interaction -> warm.contains(interaction.user()))
                        .toList());
    }

    /** When the first interaction after the global cut was made; nothing if none is held out. */
    public static Optional<Instant> cut(Collection<Interaction> interactions) {
        return interactions.size() < FEWEST
                ? Optional.empty()
                : interactions.stream()
                        .map(Interaction::at)
                        .sorted()
                        .skip(learntFrom(interactions.size()))
                        .findFirst();
    }

    private static int learntFrom(int size) {
        return size - Math.ceilDiv(size, ONE_IN);
    }
}
