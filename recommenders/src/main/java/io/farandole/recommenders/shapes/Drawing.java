package io.farandole.recommenders.shapes;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws numbers by their weights. */
final class Drawing {

    private final int[] numbers;
    private final double[] upTo;

    /**
     * @param weights of the numbers, in their order
     */
    Drawing(int[] numbers, double[] weights) {
        this.numbers = numbers;
        this.upTo = weights.clone();
        // Not in parallel, where sums would depend on the number of threads.
        for (int at = 1; at < upTo.length; at++) {
            upTo[at] += upTo[at - 1];
        }
    }

    /** Of numbers from 0 on. */
    static Drawing of(double[] weights) {
        return new Drawing(IntStream.range(0, weights.length).toArray(), weights);
    }

    double total() {
        return numbers.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    int draw(SplittableRandom random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * total());
        return numbers[Math.min(found < 0 ? -found - 1 : found + 1, numbers.length - 1)];
    }

    /** All alike. */
    int any(SplittableRandom random) {
        return numbers[random.nextInt(numbers.length)];
    }
}
