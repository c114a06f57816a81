package io.farandole.recommenders.model;

/**
 * The best few of many items that are offered in ascending order of their numbers: a heap with the
 * worst on top. Of equal scores the smaller number is better, and numbers follow the ids.
 */
public final class Best {

    private final int[] items;
    private final float[] scores;
    private int size;

    /** What is told of each of the few. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int item, float score);
    }

    public Best(int most) {
        items = new int[most];
        scores = new float[most];
    }

    public int size() {
        return size;
    }

    /** Whether an item after all those offered gets in with such a score; NaN never does. */
    public boolean takes(float score) {
        return size < items.length ? !Float.isNaN(score) : size > 0 && score > scores[0];
    }

    /** Whether who comes has to be better than the {@link #worst}. */
    boolean isFull() {
        return size == items.length;
    }

    /** The score of the worst of one that is {@link #isFull full}; of none no score is better. */
    float worst() {
        return size == 0 ? Float.POSITIVE_INFINITY : scores[0];
    }

    public void offer(int item, float score) {
        if (size < items.length) {
            items[size] = item;
            scores[size] = score;
            rise(size++);
        } else if (takes(score)) {
            items[0] = item;
            scores[0] = score;
            sink(size);
        }
    }

    /** Empties the heap. */
    public void forEachBestFirst(Visitor visitor) {
        int count = size;
        for (int end = count - 1; end > 0; end--) {
            swap(0, end);
            sink(end);
        }
        size = 0;
        for (int i = 0; i < count; i++) {
            visitor.visit(items[i], scores[i]);
        }
    }

    private void rise(int from) {
        for (int at = from; at > 0 && isWorse(at, (at - 1) / 2); at = (at - 1) / 2) {
            swap(at, (at - 1) / 2);
        }
    }

    private void sink(int end) {
        int at = 0;
        while (true) {
            int worst = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < end; child++) {
                if (isWorse(child, worst)) {
                    worst = child;
                }
            }
            if (worst == at) {
                return;
            }
            swap(at, worst);
            at = worst;
        }
    }

    private boolean isWorse(int a, int b) {
        return scores[a] == scores[b] ? items[a] > items[b] : scores[a] < scores[b];
    }

    private void swap(int a, int b) {
        int item = items[a];
        float score = scores[a];
        items[a] = items[b];
        scores[a] = scores[b];
        items[b] = item;
        scores[b] = score;
    }
}
