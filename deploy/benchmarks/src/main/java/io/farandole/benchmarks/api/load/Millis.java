package io.farandole.benchmarks.api.load;

import java.util.Arrays;

/** How long each took; kept as they are, for there are not too many. */
final class Millis {

    private long[] nanos = new long[1 << 16];
    private int count;
    private boolean sorted;

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = taken;
        sorted = false;
    }

    int count() {
        return count;
    }

    /** What the given part of all does not exceed; without any, nothing. */
    double at(double part) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        return nanos[Math.max(0, (int) Math.ceil(part * count) - 1)] / 1e6;
    }
}
