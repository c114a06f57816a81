package io.farandole.streams.testing;

import io.farandole.streams.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The claim that a processor's state does not depend on how its messages came. */
final class Commutation {

    private static final int ROUNDS = 12;
    private static final int SIZES = 7;
    private static final int LARGEST_BATCH = 40;
    private static final int DELIVERED_TWICE = 5;

    private final ProcessorDriver driver;
    private final List<Store<?>> stores;
    private final long seed;
    private final Random random;

    Commutation(ProcessorDriver driver, List<Store<?>> stores, long seed) {
        this.driver = driver;
        this.stores = stores;
        this.seed = seed;
        this.random = new Random(seed);
    }

    void check() {
        SortedMap<String, String> expected = image(driver.history(), 1);
        compare(expected, image(driver.history(), 1), "once more");
        for (int round = 1; round <= ROUNDS; round++) {
            List<Arrival<?>> order = withDuplicates();
            Collections.shuffle(order, random);
            int[] sizes = random.ints(SIZES, 1, LARGEST_BATCH).toArray();
            String how = "in order %d and batches of %s".formatted(round, Arrays.toString(sizes));
            compare(expected, image(order, sizes), how);
        }
    }

    private SortedMap<String, String> image(List<Arrival<?>> order, int... sizes) {
        ProcessorDriver other = driver.again(order, sizes);
        SortedMap<String, String> image = other.settledImage(stores);
        if (!other.failures().isEmpty()) {
            throw new AssertionError(
                    "a fold of %s failed (seed %d)".formatted(driver.processorName(), seed),
                    other.failures().getFirst().cause());
        }
        return image;
    }

    private List<Arrival<?>> withDuplicates() {
        List<Arrival<?>> order = new ArrayList<>(driver.history());
        for (Arrival<?> arrival : driver.history()) {
            if (random.nextInt(DELIVERED_TWICE) == 0) {
                order.add(arrival);
            }
        }
        return order;
    }

    private void compare(
            SortedMap<String, String> expected, SortedMap<String, String> actual, String how) {
        SortedSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(actual.keySet());
        for (String key : keys) {
            String first = String.valueOf(expected.get(key));
            String second = String.valueOf(actual.get(key));
            if (!first.equals(second)) {
                throw new AssertionError(
                        "the folds of %s do not commute (seed %d): folded %s, %s is%n%s%nnot%n%s"
                                .formatted(driver.processorName(), seed, how, key, second, first));
            }
        }
    }
}
