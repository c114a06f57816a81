package io.farandole.recommenders.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;

/**
 * Many users' best items by factors. Users are taken in blocks, each by a thread of its own; a
 * block's scores are products of two matrices, made by OpenBLAS tile by tile, so that a tile is
 * still in that processor's cache when the best are picked from it; what does not get into
 * anybody's list is never kept. It adds in another order than a single user's folding in does:
 * scores differ in their last digits.
 */
public final class TopScores {

    /** At most; a tile of these has half a megabyte. */
    private static final int USERS = 256;

    private static final int ITEMS = 512;

    private final Factors items;
    private final float[] prior;
    private final int most;

    /**
     * @param prior added to each item's score
     * @param most how many a list has
     */
    public TopScores(Factors items, float[] prior, int most) {
        if (prior.length != items.count()) {
            throw new IllegalArgumentException(
                    prior.length + " items with a prior of " + items.count());
        }
        this.items = items;
        this.prior = prior;
        this.most = Math.min(most, items.count());
    }

    /**
     * @param users [user][factor]
     * @param met of each user, ascending: what is in no list of that user's
     * @return of each user the best first; of equals the smaller number
     */
    public int[][] of(float[][] users, int[][] met) {
        int[][] lists = new int[users.length][];
        if (users.length == 0) {
            return lists;
        }
        // Each thread has a part of few users, too.
        int block =
                Math.min(
                        USERS,
                        Math.ceilDiv(users.length, Runtime.getRuntime().availableProcessors()));
        try (OneThreadEach _ = OneThreadEach.open()) {
            // Freed when nobody has it any more: should one block fail, others are still under way.
            MemorySegment all = floats(Arena.ofAuto(), items.rows().length);
            MemorySegment.copy(
                    items.rows(), 0, all, ValueLayout.JAVA_FLOAT, 0, items.rows().length);
            IntStream.range(0, Math.ceilDiv(users.length, block))
                    .parallel()
                    .map(at -> at * block)
                    .forEach(
                            from ->
                                    list(
                                            all,
                                            users,
                                            met,
                                            from,
                                            Math.min(users.length, from + block),
                                            lists));
        }
        return lists;
    }

    /** Makes the lists of the users of a block. */
    private void list(
            MemorySegment all, float[][] users, int[][] met, int from, int to, int[][] lists) {
        int rank = items.rank();
        int count = to - from;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = floats(arena, count * rank);
            for (int at = 0; at < count; at++) {
                MemorySegment.copy(
                        users[from + at],
                        0,
                        block,
                        ValueLayout.JAVA_FLOAT,
                        offset(at * rank),
                        rank);
            }
            MemorySegment scores = floats(arena, count * ITEMS);
            float[] row = new float[ITEMS];
            Best[] best = new Best[count];
            Arrays.setAll(best, _ -> new Best(most));
            for (int item = 0; item < items.count(); item += ITEMS) {
                int width = Math.min(ITEMS, items.count() - item);
                multiply(block, count, all.asSlice(offset(item * rank)), width, scores);
                for (int at = 0; at < count; at++) {
                    MemorySegment.copy(
                            scores, ValueLayout.JAVA_FLOAT, offset(at * width), row, 0, width);
                    leaveOut(met[from + at], item, width, row);
                    offer(row, item, width, best[at]);
                }
            }
            for (int at = 0; at < count; at++) {
                lists[from + at] = numbers(best[at]);
            }
        }
    }

    private void multiply(
            MemorySegment users, int count, MemorySegment some, int width, MemorySegment scores) {
        try (FloatAddress left = new FloatAddress(users);
                FloatAddress right = new FloatAddress(some);
                FloatAddress product = new FloatAddress(scores)) {
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    openblas.CblasNoTrans,
                    openblas.CblasTrans,
                    count,
                    width,
                    items.rank(),
                    1,
                    left,
                    items.rank(),
                    right,
                    items.rank(),
                    0,
                    product,
                    width);
        }
    }

    /** What is NaN gets into no list. */
    private void offer(float[] row, int item, int width, Best best) {
        int place = 0;
        for (; place < width && !best.isFull(); place++) {
            float score = row[place] + prior[item + place];
            if (best.takes(score)) {
                best.offer(item + place, score);
            }
        }
        if (place == width) {
            return;
        }
        float worst = best.worst();
        for (; place < width; place++) {
            float score = row[place] + prior[item + place];
            if (score > worst) {
                best.offer(item + place, score);
                worst = best.worst();
            }
        }
    }

    private static void leaveOut(int[] met, int item, int width, float[] row) {
        int at = Arrays.binarySearch(met, item);
        for (int i = at < 0 ? -at - 1 : at; i < met.length && met[i] < item + width; i++) {
            row[met[i] - item] = Float.NaN;
        }
    }

    private static int[] numbers(Best best) {
        int[] numbers = new int[best.size()];
        int[] next = {0};
        best.forEachBestFirst((item, _) -> numbers[next[0]++] = item);
        return numbers;
    }

    private static MemorySegment floats(Arena arena, int count) {
        return arena.allocate(offset(count), Long.BYTES * 8L);
    }

    private static long offset(int floats) {
        return (long) floats * Float.BYTES;
    }
}
