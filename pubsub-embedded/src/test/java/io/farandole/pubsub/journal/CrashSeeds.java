package io.farandole.pubsub.journal;

import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where random crashes begin: anew each time, or always where {@code -Dfarandole.crash.seed=…}
 * says. A seed repeats what is chosen, and not how threads take turns: it may take some rounds.
 */
public final class CrashSeeds {

    private static final String PROPERTY = "farandole.crash.seed";

    private CrashSeeds() {}

    public static long next() {
        return Long.getLong(PROPERTY, RandomGenerator.getDefault().nextLong());
    }

    /** Then rounds are all alike, and what they have to see among them is not seen by all. */
    public static boolean isGiven() {
        return Long.getLong(PROPERTY) != null;
    }

    /** For one user; others, such as a disk that many threads use, get one that is split off. */
    public static SplittableGenerator generator(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    }

    /** Tells how to see it again. */
    public static AssertionError failed(long seed, Throwable failure) {
        return new AssertionError(
                "-D%s=%d: %s".formatted(PROPERTY, seed, failure.getMessage()), failure);
    }
}
