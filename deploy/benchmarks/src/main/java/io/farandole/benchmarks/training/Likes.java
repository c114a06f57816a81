package io.farandole.benchmarks.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What users who are made up liked. Items are of kinds, within a kind and among all some are liked
 * much more than others (Zipf, exponent 1); a user likes three kinds, one most, and now and then
 * what everybody likes. How much a user likes is exponential. The same seed gives the same.
 *
 * @param items how many there are
 * @param known each user's items to learn from, ascending
 * @param held each user's items to be foretold
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Likes(int items, int[][] known, int[][] held) {

    private static final long SEED = 7;
    private static final int FEWEST = 5;
    private static final int HELD = 5;
    private static final int KINDS = 40;
    private static final int KINDS_OF_USER = 3;
    private static final double ANYTHING = 0.2;
    private static final double FIRST_KIND = 0.6;
    private static final double SECOND_KIND = 0.9;

    /**
     * @param count of the known ones together
     * @param mean how many of those a user has, about
     */
    static Likes of(int count, int items, int mean) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] any = zipf(items);
        double[] ofKind = zipf(items / KINDS);
        int most = items / KINDS;
        List<int[]> known = new ArrayList<>();
        List<int[]> held = new ArrayList<>();
        int left = count;
        while (left > 0) {
            int wanted = FEWEST - (int) Math.round((mean - FEWEST) * Math.log(random.nextDouble()));
            int length = Math.min(Math.min(wanted, most), left);
            int[] all = user(length + HELD, random, any, ofKind);
            held.add(Arrays.copyOf(all, HELD));
            int[] rest = Arrays.copyOfRange(all, HELD, all.length);
            Arrays.sort(rest);
            known.add(rest);
            left -= length;
        }
        return new Likes(items, known.toArray(int[][]::new), held.toArray(int[][]::new));
    }

    /** In the order in which they were drawn, so any part of them is as good as any other. */
    private static int[] user(int length, SplittableRandom random, double[] any, double[] ofKind) {
        int[] kinds = random.ints(KINDS_OF_USER, 0, KINDS).toArray();
        BitSet had = new BitSet();
        int[] drawn = new int[length];
        for (int at = 0; at < length; ) {
            double lot = random.nextDouble();
            int item =
                    random.nextDouble() < ANYTHING
                            ? draw(any, random)
                            : draw(ofKind, random) * KINDS + kinds[place(lot)];
            if (!had.get(item)) {
                had.set(item);
                drawn[at++] = item;
            }
        }
        // what is liked by many is drawn first, so what is held out must be drawn by lot
        for (int at = length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int item = drawn[at];
            drawn[at] = drawn[other];
            drawn[other] = item;
        }
        return drawn;
    }

    private static int place(double lot) {
        return lot < FIRST_KIND ? 0 : lot < SECOND_KIND ? 1 : 2;
    }

    private static double[] zipf(int size) {
        double[] sums = new double[size];
        double sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += 1.0 / (rank + 1);
            sums[rank] = sum;
        }
        return sums;
    }

    private static int draw(double[] sums, SplittableRandom random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, sums.length - 1);
    }

    int users() {
        return known.length;
    }

    int count() {
        return Arrays.stream(known).mapToInt(row -> row.length).sum();
    }

    /** The known ones, a line each: {@code user,item}, counted from 0. */
    void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int user = 0; user < known.length; user++) {
                for (int item : known[user]) {
                    out.write(user + "," + item + "\n");
                }
            }
        }
    }
}
