package io.farandole.recommenders.taste;

/**
 * The best few of many scored items: a heap of fixed size with the worst of the few on top, so that
 * most items cost one comparison.
 */
final class BestFew {

    private final int most;
    private final String[] ids;
    private final int[] items;
    private final double[] scores;
    private int size;

    /** What is told of each of the few. */
    @FunctionalInterface
    interface Visitor {
        void visit(int item, double score);
    }

    /**
     * @param ids by item, to part those with equal scores
     */
    BestFew(int most, String[] ids) {
        this.most = most;
        this.ids = ids;
        this.items = new int[most];
        this.scores = new double[most];
    }

    int size() {
        return size;
    }

    /** Whether no item with such a score can be among the few, whatever its id. */
    boolean refuses(double score) {
        return size == most && (most == 0 || score < scores[0]);
    }

    void offer(int item, double score) {
        if (size < most) {
            items[size] = item;
            scores[size] = score;
            size++;
            rise(size - 1);
        } else if (most > 0 && isBetter(item, score, 0)) {
            items[0] = item;
            scores[0] = score;
            sink(size);
        }
    }

    /** Empties the heap, from its best. */
    void forEachBestFirst(Visitor visitor) {
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
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBetter(items[parent], scores[parent], at)) {
                return;
            }
            swap(at, parent);
            at = parent;
        }
    }

    private void sink(int end) {
        int at = 0;
        while (true) {
            int worst = at;
            int left = 2 * at + 1;
            for (int child = left; child <= left + 1 && child < end; child++) {
                if (isBetter(items[worst], scores[worst], child)) {
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

    private boolean isBetter(int item, double score, int than) {
        int order = Double.compare(score, scores[than]);
        return order == 0 ? ids[item].compareTo(ids[items[than]]) < 0 : order > 0;
    }

    private void swap(int a, int b) {
        int item = items[a];
        double score = scores[a];
        items[a] = items[b];
        scores[a] = scores[b];
        items[b] = item;
        scores[b] = score;
    }
}
