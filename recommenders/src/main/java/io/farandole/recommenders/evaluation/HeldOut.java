package io.farandole.recommenders.evaluation;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What models are asked: each test user's history and what that user met later.
 *
 * @param questions one a user, in the order of the users' ids
 * @param counts what is said of the test beside the metrics
 * @param catalogue how many different items were met before: the same for all models, whatever else
 *     one of them knows
 */
public record HeldOut(List<Question> questions, Counts counts, int catalogue) {

    /** Which of the held-out interactions a model should have foretold. */
    public enum Relevant {
        /** All: what the user turned to next. */
        ALL,
        /** What the user liked. */
        LIKED
    }

    /**
     * One user's.
     *
     * @param history to be folded in, the oldest first; nothing of it is to be recommended
     * @param items what was held out and is not in the history
     */
    public record Question(String user, SequencedMap<String, Double> history, Set<String> items) {}

    /**
     * Counts of the test.
     *
     * @param users with test items: the means are over these
     * @param items test items, summed over the users
     * @param unknownUsers users without history; they are asked too, and get what is popular
     * @param unknownItems test items that nobody met before: only by what is known of them can a
     *     model foretell them; they stay in the test
     * @param repeated held-out interactions with items the user had met before; they are no test
     *     items
     */
    public record Counts(int users, int items, int unknownUsers, int unknownItems, int repeated) {}

    /** The questions of a split. */
    public static HeldOut of(Split split, Relevant relevant) {
        Histories before = Histories.ofTrain(split);
        Histories later = Histories.ofTest(split);
        List<Question> questions = new ArrayList<>();
        int items = 0;
        int unknownUsers = 0;
        int unknownItems = 0;
        int repeated = 0;
        for (String user : later.users()) {
            SequencedMap<String, Double> history = before.of(user);
            Set<String> wanted =
                    later.of(user).entrySet().stream()
                            .filter(met -> relevant == Relevant.ALL || met.getValue() > 0)
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
            int all = wanted.size();
            wanted.removeAll(history.keySet());
            repeated += all - wanted.size();
            if (!wanted.isEmpty()) {
                questions.add(new Question(user, history, Set.copyOf(wanted)));
                items += wanted.size();
                unknownUsers += history.isEmpty() ? 1 : 0;
                unknownItems +=
                        (int)
                                wanted.stream()
                                        .filter(item -> !before.items().contains(item))
                                        .count();
            }
        }
        return new HeldOut(
                List.copyOf(questions),
                new Counts(questions.size(), items, unknownUsers, unknownItems, repeated),
                before.items().size());
    }
}
