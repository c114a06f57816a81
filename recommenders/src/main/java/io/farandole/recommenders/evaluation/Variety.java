package io.farandole.recommenders.evaluation;

import io.farandole.recommenders.evaluation.HeldOut.Question;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How lists of K items differ in type within themselves and from what their users met; means over
 * users, of items whose type is known. Two items are 1 apart if their types differ, else 0: the
 * cosine distance of types that are written as vectors with a single 1.
 *
 * @param diversity mean distance of two items of a list (Ziegler et al. 2005)
 * @param unexpectedness mean distance of an item of a list from one of the user's past; users
 *     without a past are left out
 * @param newTypes part of the list whose type is not in the user's past
 * @param serendipity recall times unexpectedness (Kaminskas and Bridge 2016 have a survey); users
 *     without a past are left out
 */
public record Variety(
        int k, double diversity, double unexpectedness, double newTypes, double serendipity) {

    static Variety of(int k, List<List<String>> lists, List<Question> questions, Types types) {
        double[] sums = new double[4];
        int[] counts = new int[4];
        for (int user = 0; user < lists.size(); user++) {
            Question question = questions.get(user);
            List<String> list = lists.get(user).stream().limit(k).toList();
            List<String> listed = known(list, types);
            List<String> past = known(question.history().keySet(), types);
            if (listed.size() > 1) {
                add(0, inside(listed), sums, counts);
            }
            if (listed.isEmpty() || past.isEmpty()) {
                continue;
            }
            double unexpected = between(listed, past);
            Set<String> met = new HashSet<>(past);
            double unmet = listed.stream().filter(type -> !met.contains(type)).count();
            double hits = list.stream().filter(question.items()::contains).count();
            add(1, unexpected, sums, counts);
            add(2, unmet / listed.size(), sums, counts);
            add(3, hits / question.items().size() * unexpected, sums, counts);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, counts[i]);
        }
        return new Variety(k, sums[0], sums[1], sums[2], sums[3]);
    }

    private static void add(int what, double value, double[] sums, int[] counts) {
        sums[what] += value;
        counts[what]++;
    }

    private static List<String> known(Collection<String> items, Types types) {
        return items.stream().map(types.ofItems()::get).filter(Objects::nonNull).toList();
    }

    private static double inside(List<String> list) {
        return between(list, list) * list.size() / (list.size() - 1.0);
    }

    private static double between(List<String> some, List<String> others) {
        long apart = 0;
        for (String one : some) {
            for (String other : others) {
                apart += one.equals(other) ? 0 : 1;
            }
        }
        return (double) apart / some.size() / others.size();
    }
}
