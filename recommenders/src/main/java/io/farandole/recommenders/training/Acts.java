package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.linear.ItemContent;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.WeightedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who met what, in numbers: items and users in the order of their ids.
 *
 * @param items ids
 * @param byUser each user's items, ascending
 * @param liked whether each of those was liked
 * @param inTime each user's items, the oldest first
 * @param times when each of those was met, in milliseconds
 * @param content what is known of the items beside
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
record Acts(
        String[] items,
        int[][] byUser,
        boolean[][] liked,
        int[][] inTime,
        long[][] times,
        ItemContent content) {

    static Acts of(Histories histories) {
        return of(histories, ItemFacts.NONE);
    }

    /** Those that are known without anybody having met them are among the items. */
    static Acts of(Histories histories, ItemFacts facts) {
        SortedSet<String> known = new TreeSet<>(histories.items());
        known.addAll(facts.ofItems().keySet());
        String[] items = known.toArray(String[]::new);
        Map<String, Integer> numbers = HashMap.newHashMap(items.length);
        for (int item = 0; item < items.length; item++) {
            numbers.put(items[item], item);
        }
        List<int[]> byUser = new ArrayList<>();
        List<boolean[]> liked = new ArrayList<>();
        List<int[]> inTime = new ArrayList<>();
        List<long[]> times = new ArrayList<>();
        for (String user : histories.users()) {
            Map<String, Double> history = histories.of(user);
            int[] sequence = history.keySet().stream().mapToInt(numbers::get).toArray();
            int[] row = sequence.clone();
            Arrays.sort(row);
            boolean[] likes = new boolean[row.length];
            for (int i = 0; i < row.length; i++) {
                likes[i] = history.getOrDefault(items[row[i]], Histories.MET) > 0;
            }
            byUser.add(row);
            liked.add(likes);
            inTime.add(sequence);
            times.add(histories.timesOf(user));
        }
        return new Acts(
                items,
                byUser.toArray(int[][]::new),
                liked.toArray(boolean[][]::new),
                inTime.toArray(int[][]::new),
                times.toArray(long[][]::new),
                facts.isEmpty() ? ItemContent.NONE : new ItemContent(items, facts));
    }

    int userCount() {
        return byUser.length;
    }

    int itemCount() {
        return items.length;
    }

    /** The items a user liked, ascending. */
    int[] likedBy(int user) {
        int[] row = byUser[user];
        int[] found = new int[row.length];
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            if (liked[user][i]) {
                found[count++] = row[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** One row a user, of the liked alone, every one counting 1. */
    WeightedRows likedRows() {
        int[][] rows = new int[byUser.length][];
        float[][] weights = new float[byUser.length][];
        for (int user = 0; user < rows.length; user++) {
            rows[user] = likedBy(user);
            weights[user] = new float[rows[user].length];
            Arrays.fill(weights[user], 1);
        }
        return new WeightedRows(items.length, rows, weights);
    }

    /**
     * The same without some acts; all users and items are still there.
     *
     * @param out whether to leave out each of {@link #inTime}
     */
    Acts without(boolean[][] out) {
        int users = userCount();
        int[][] rows = new int[users][];
        boolean[][] likes = new boolean[users][];
        int[][] sequences = new int[users][];
        long[][] when = new long[users][];
        for (int user = 0; user < users; user++) {
            int[] sequence = new int[inTime[user].length];
            long[] at = new long[sequence.length];
            int count = 0;
            for (int i = 0; i < sequence.length; i++) {
                if (!out[user][i]) {
                    at[count] = times[user][i];
                    sequence[count++] = inTime[user][i];
                }
            }
            sequences[user] = Arrays.copyOf(sequence, count);
            when[user] = Arrays.copyOf(at, count);
            rows[user] = sequences[user].clone();
            Arrays.sort(rows[user]);
            likes[user] = new boolean[count];
            for (int i = 0; i < count; i++) {
                likes[user][i] = liked[user][Arrays.binarySearch(byUser[user], rows[user][i])];
            }
        }
        return new Acts(items, rows, likes, sequences, when, content);
    }

    /**
     * What linear models learn from.
     *
     * @param met how much what was met and not liked counts; 0: it is left out
     */
    Signals signals(double met) {
        if (met > 0) {
            return Signals.of(metRows((float) met), inTime, content);
        }
        int[][] sequences = new int[inTime.length][];
        for (int user = 0; user < sequences.length; user++) {
            int[] likes = likedBy(user);
            sequences[user] =
                    Arrays.stream(inTime[user])
                            .filter(item -> Arrays.binarySearch(likes, item) >= 0)
                            .toArray();
        }
        return Signals.of(likedRows(), sequences, content);
    }

    /** Whether anybody met something and did not like it. */
    boolean haveNotLiked() {
        for (boolean[] likes : liked) {
            for (boolean like : likes) {
                if (!like) {
                    return true;
                }
            }
        }
        return false;
    }

    long count() {
        long count = 0;
        for (int[] row : byUser) {
            count += row.length;
        }
        return count;
    }

    /** One row a user, of all that was met, what was not liked counting less. */
    WeightedRows metRows(float weightOfNotLiked) {
        float[][] weights = new float[byUser.length][];
        for (int user = 0; user < weights.length; user++) {
            weights[user] = new float[byUser[user].length];
            for (int i = 0; i < weights[user].length; i++) {
                weights[user][i] = liked[user][i] ? 1 : weightOfNotLiked;
            }
        }
        return new WeightedRows(items.length, byUser, weights);
    }
}
