package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.Histories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who met what, in numbers: items and users in the order of their ids.
 *
 * @param items ids
 * @param byUser each user's items, ascending
 * @param liked whether each of those was liked
 */
@SuppressWarnings(
        "ArrayRecordComponent") // matrices are never compared, and copying them would cost
record Acts(String[] items, int[][] byUser, boolean[][] liked) {

    static Acts of(Histories histories) {
        String[] items = histories.items().toArray(String[]::new);
        Map<String, Integer> numbers = HashMap.newHashMap(items.length);
        for (int item = 0; item < items.length; item++) {
            numbers.put(items[item], item);
        }
        List<int[]> byUser = new ArrayList<>();
        List<boolean[]> liked = new ArrayList<>();
        for (String user : histories.users()) {
            Map<String, Double> history = histories.of(user);
            int[] row = history.keySet().stream().mapToInt(numbers::get).sorted().toArray();
            boolean[] likes = new boolean[row.length];
            for (int i = 0; i < row.length; i++) {
                likes[i] = history.getOrDefault(items[row[i]], Histories.MET) > 0;
            }
            byUser.add(row);
            liked.add(likes);
        }
        return new Acts(items, byUser.toArray(int[][]::new), liked.toArray(boolean[][]::new));
    }

    int userCount() {
        return byUser.length;
    }

    int itemCount() {
        return items.length;
    }

    /** How many users liked each item. */
    int[] support() {
        int[] support = new int[items.length];
        for (int user = 0; user < byUser.length; user++) {
            for (int item : likedBy(user)) {
                support[item]++;
            }
        }
        return support;
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
