package io.farandole.events;

/** Where random tests begin: anew each time, printed, and given back with {@code -Dfuzz.seed=…}. */
final class Seeds {

    private Seeds() {}

    static long next(String test) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println(test + ": -Dfuzz.seed=" + seed);
        return seed;
    }
}
