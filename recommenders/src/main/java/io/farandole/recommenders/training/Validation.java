package io.farandole.recommenders.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A part of what there is to learn from, held out to choose by. Where nothing is known of time it
 * is drawn by lot; else it is the last of what each user did, or, where many users were there
 * before and after, what came after one moment.
 */
record Validation(Kind kind, Acts train, List<Question> questions) {

    /** One in so many of a user's acts, rounded down, but at least one. */
    private static final int ONE_IN = 6;

    /** Who has fewer is only learnt from. */
    private static final int FEWEST = 3;

    /** So many users tell models apart that differ by a percent. */
    private static final int MOST_QUESTIONS = 4_000;

    private static final int ENOUGH_WARM_USERS = 500;

    /** How it is held out. */
    enum Kind {
        RANDOM("one in six of each user's items, by lot"),
        LAST("the last sixth of each user's items"),
        GLOBAL("the last sixth of all in time");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A user's.
     *
     * @param past items, the oldest first
     * @param liked whether each was liked
     * @param wanted items that were held out, ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Question(int[] past, boolean[] liked, int[] wanted) {}

    static Validation of(Acts acts, long seed) {
        Kind kind = kind(acts);
        boolean[][] heldOut =
                switch (kind) {
                    case RANDOM -> drawn(acts, seed);
                    case LAST -> last(acts);
                    case GLOBAL -> after(acts, cut(acts));
                };
        List<Question> questions = new ArrayList<>();
        for (int user = 0; user < acts.userCount(); user++) {
            Question question = question(acts, user, heldOut[user]);
            if (question.past.length > 0 && question.wanted.length > 0) {
                questions.add(question);
            }
        }
        return new Validation(kind, acts.without(heldOut), sample(questions, seed));
    }

    /** Whether the order of a user's acts means anything. */
    boolean isTimed() {
        return kind != Kind.RANDOM;
    }

    private static Kind kind(Acts acts) {
        int several = 0;
        int timed = 0;
        for (long[] times : acts.times()) {
            if (times.length > 1) {
                several++;
                timed += times[0] < times[times.length - 1] ? 1 : 0;
            }
        }
        if (2 * timed <= several) {
            return Kind.RANDOM;
        }
        long cut = cut(acts);
        int later = 0;
        int warm = 0;
        for (long[] times : acts.times()) {
            if (times.length > 0 && times[times.length - 1] > cut) {
                later++;
                warm += times[0] <= cut ? 1 : 0;
            }
        }
        return warm >= ENOUGH_WARM_USERS && 2 * warm >= later ? Kind.GLOBAL : Kind.LAST;
    }

    private static long cut(Acts acts) {
        long[] all = acts.times().length == 0 ? new long[0] : concatenated(acts.times());
        Arrays.sort(all);
        return all.length == 0 ? 0 : all[all.length - 1 - all.length / ONE_IN];
    }

    private static long[] concatenated(long[][] rows) {
        long[] all = new long[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
        int at = 0;
        for (long[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return all;
    }

    private static boolean[][] drawn(Acts acts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[][] heldOut = new boolean[acts.userCount()][];
        for (int user = 0; user < heldOut.length; user++) {
            int size = acts.inTime()[user].length;
            heldOut[user] = new boolean[size];
            for (int left = count(size); left > 0; ) {
                int at = random.nextInt(size);
                if (!heldOut[user][at]) {
                    heldOut[user][at] = true;
                    left--;
                }
            }
        }
        return heldOut;
    }

    private static boolean[][] last(Acts acts) {
        boolean[][] heldOut = new boolean[acts.userCount()][];
        for (int user = 0; user < heldOut.length; user++) {
            int size = acts.inTime()[user].length;
            heldOut[user] = new boolean[size];
            Arrays.fill(heldOut[user], size - count(size), size, true);
        }
        return heldOut;
    }

    private static int count(int size) {
        return size < FEWEST ? 0 : Math.max(1, size / ONE_IN);
    }

    private static boolean[][] after(Acts acts, long cut) {
        boolean[][] heldOut = new boolean[acts.userCount()][];
        for (int user = 0; user < heldOut.length; user++) {
            long[] times = acts.times()[user];
            heldOut[user] = new boolean[times.length];
            for (int at = 0; at < times.length; at++) {
                heldOut[user][at] = times[at] > cut;
            }
        }
        return heldOut;
    }

    private static Question question(Acts acts, int user, boolean[] heldOut) {
        int[] sequence = acts.inTime()[user];
        int[] past = new int[sequence.length];
        boolean[] liked = new boolean[sequence.length];
        int[] wanted = new int[sequence.length];
        int pastCount = 0;
        int wantedCount = 0;
        for (int at = 0; at < sequence.length; at++) {
            if (heldOut[at]) {
                wanted[wantedCount++] = sequence[at];
            } else {
                liked[pastCount] =
                        acts.liked()[user][Arrays.binarySearch(acts.byUser()[user], sequence[at])];
                past[pastCount++] = sequence[at];
            }
        }
        int[] sorted = Arrays.copyOf(wanted, wantedCount);
        Arrays.sort(sorted);
        return new Question(
                Arrays.copyOf(past, pastCount), Arrays.copyOf(liked, pastCount), sorted);
    }

    private static List<Question> sample(List<Question> questions, long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        for (int left = questions.size(); left > 1; left--) {
            int drawn = random.nextInt(left);
            Question question = questions.get(drawn);
            questions.set(drawn, questions.get(left - 1));
            questions.set(left - 1, question);
        }
        return List.copyOf(questions.subList(0, Math.min(MOST_QUESTIONS, questions.size())));
    }
}
