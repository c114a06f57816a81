package io.farandole.recommenders.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Percentile intervals by resampling users with replacement (Efron and Tibshirani 1993). The same
 * seed draws the same users, whatever the number of threads.
 *
 * @param resamples how often
 */
record Bootstrap(int resamples, long seed) {

    private static final double TAIL = 0.025;
    private static final long SPREAD = 0xBF58476D1CE4E5B9L;

    /** Of one value a user; all zero if there is no user. */
    Interval of(double[] values) {
        return of(new double[][] {values})[0];
    }

    /** Of several values a user, [what][user], for the same draws. */
    Interval[] of(double[][] values) {
        int users = values[0].length;
        if (users == 0) {
            return IntStream.range(0, values.length)
                    .mapToObj(_ -> new Interval(0, 0, 0))
                    .toArray(Interval[]::new);
        }
        double[][] means = new double[values.length][resamples];
        IntStream.range(0, resamples)
                .parallel()
                .forEach(
                        resample -> {
                            double[] drawn = draw(values, users, resample);
                            for (int what = 0; what < drawn.length; what++) {
                                means[what][resample] = drawn[what];
                            }
                        });
        Interval[] intervals = new Interval[values.length];
        for (int what = 0; what < values.length; what++) {
            Arrays.sort(means[what]);
            intervals[what] =
                    new Interval(
                            Arrays.stream(values[what]).sum() / users,
                            means[what][(int) Math.floor(TAIL * (resamples - 1))],
                            means[what][(int) Math.ceil((1 - TAIL) * (resamples - 1))]);
        }
        return intervals;
    }

    private double[] draw(double[][] values, int users, int resample) {
        // A generator for each resample, so that they can be drawn in any order; its seed is drawn
        // itself, as generators whose seeds are near each other give shifted copies of one
        // sequence.
        long own = new SplittableRandom(seed + resample * SPREAD).nextLong();
        SplittableRandom random = new SplittableRandom(own);
        double[] sums = new double[values.length];
        for (int i = 0; i < users; i++) {
            int user = random.nextInt(users);
            for (int what = 0; what < sums.length; what++) {
                sums[what] += values[what][user];
            }
        }
        for (int what = 0; what < sums.length; what++) {
            sums[what] /= users;
        }
        return sums;
    }
}
