package io.farandole.recommenders.linear;

import java.util.Arrays;

/**
 * The largest of a row by magnitude, faster than by a heap where many are kept: what speaks against
 * an item tells as much as what speaks for it (as Steck, NeurIPS 2019, thins out weights).
 */
final class Largest {

    /** One of so many. */
    private static final int SAMPLED = 16;

    private Largest() {}

    /**
     * The columns of the values farthest from 0, ascending; of equals the first are kept.
     *
     * @param skipped a column that is left out
     */
    static int[] columns(float[] row, int skipped, int keep) {
        float[] values = new float[row.length];
        int count = 0;
        for (int column = 0; column < row.length; column++) {
            if (row[column] != 0 && column != skipped) {
                values[count++] = Math.abs(row[column]);
            }
        }
        int most = Math.min(keep, count);
        float threshold = Float.NEGATIVE_INFINITY;
        int above = 0;
        if (most > 0 && most < count) {
            count = withoutTheSmall(values, count, most);
            threshold = nth(values, count, most);
            for (int i = 0; i < count; i++) {
                above += values[i] > threshold ? 1 : 0;
            }
        }
        int equal = most - above;
        int[] columns = new int[most];
        int kept = 0;
        for (int column = 0; column < row.length && kept < most; column++) {
            float value = Math.abs(row[column]);
            if (value == 0 || column == skipped || value < threshold) {
                continue;
            }
            if (value > threshold || equal-- > 0) {
                columns[kept++] = column;
            }
        }
        return Arrays.copyOf(columns, kept);
    }

    /**
     * Leaves out most of what cannot be among the largest, by a bound from a sample (Floyd and
     * Rivest 1975): one pass is cheaper than several. If the bound is too high, nothing is left
     * out.
     */
    private static int withoutTheSmall(float[] values, int count, int most) {
        if (count < 64 * SAMPLED || most > count / 4) {
            return count;
        }
        float[] sample = new float[count / SAMPLED];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = values[i * SAMPLED];
        }
        double expected = (double) most / SAMPLED;
        int place = (int) (expected + 3 * Math.sqrt(expected) + 2);
        float bound = nth(sample, sample.length, Math.min(place, sample.length));
        int left = 0;
        for (int i = 0; i < count; i++) {
            left += values[i] >= bound ? 1 : 0;
        }
        if (left < most) {
            return count;
        }
        left = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] >= bound) {
                values[left++] = values[i];
            }
        }
        return left;
    }

    /** The n-th largest, by Hoare's selection; the values are moved about. */
    private static float nth(float[] values, int count, int n) {
        int low = 0;
        int high = count - 1;
        int wanted = n - 1;
        while (low < high) {
            float pivot = middle(values[low], values[(low + high) >>> 1], values[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] > pivot) {
                    i++;
                }
                while (values[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    float moved = values[i];
                    values[i++] = values[j];
                    values[j--] = moved;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[wanted];
    }

    private static float middle(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
