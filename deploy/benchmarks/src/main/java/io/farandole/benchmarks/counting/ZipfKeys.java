package io.farandole.benchmarks.counting;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws keys by Zipf's law: the second is half as frequent as the first, the third a third. */
final class ZipfKeys {

    private final double[] upTo;

    ZipfKeys(int keys) {
        upTo = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
    }

    /** A key from 0 on; lower ones come more often. */
    int draw(SplittableRandom random) {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, at);
        return found < 0 ? -found - 1 : found;
    }
}
