package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.Factors;
import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gives items that nobody has met the mean weights of those that are most alike in content: the
 * k-nearest-neighbour mapping of Gantner et al. (ICDM 2010, "Learning attribute-to-feature mappings
 * for cold-start recommendations"). An item c with the neighbours j, alike by s(j), has
 *
 * <pre>
 *   w(j) = s(j) t(j) / (Σ s t + ½)    t = n / (n + 5), n being who met j
 *   W(·,c) = t(c) Σ w(j) W(·,j),  W(c,·) = Σ w(j) W(j,·),  t(c) = ½ / (½ + 5)
 * </pre>
 *
 * where W(j,j), which is 0, is taken for the largest weight to j: who met j met what is most like
 * c. That nobody has met c counts against it, as little is thought of what few met: with the whole
 * mean score some of thousands of new items would stand before what is known to be liked. Factors,
 * which go both ways, are those of c as it is scored.
 */
public final class Borrowing {

    private static final int NEIGHBOURS = 20;

    /** Whom few met, of that little is known. */
    private static final double TRUSTED = 5;

    /** Met by nobody, as if by half a user: the estimate of Krichevsky and Trofimov. */
    private static final float UNMET = (float) (0.5 / (0.5 + TRUSTED));

    /** Who is like hardly anything, borrows little. */
    private static final double SHRINK = 0.5;

    private final int size;
    private final int[] cold;
    private final int[][] from;
    private final float[][] shares;

    private Borrowing(int size, int[] cold, int[][] from, float[][] shares) {
        this.size = size;
        this.cold = cold;
        this.from = from;
        this.shares = shares;
    }

    /** Weights to and from all items of which something is known. */
    public static ItemWeights complete(ItemWeights weights, Signals signals, ItemContent content) {
        int[][] users = signals.byItem().items();
        int[] cold =
                IntStream.range(0, users.length).filter(item -> users[item].length == 0).toArray();
        if (cold.length == 0 || content.isEmpty()) {
            return weights;
        }
        SparseRows alike = content.nearest(4 * NEIGHBOURS);
        int[][] from = new int[cold.length][];
        float[][] shares = new float[cold.length][];
        for (int c = 0; c < cold.length; c++) {
            int[] near =
                    IntStream.range(alike.starts()[cold[c]], alike.starts()[cold[c] + 1])
                            .filter(at -> users[alike.columns()[at]].length > 0)
                            .limit(NEIGHBOURS)
                            .toArray();
            from[c] = new int[near.length];
            shares[c] = new float[near.length];
            double sum = SHRINK;
            for (int i = 0; i < near.length; i++) {
                from[c][i] = alike.columns()[near[i]];
                double met = users[from[c][i]].length;
                shares[c][i] = (float) (alike.values()[near[i]] * met / (met + TRUSTED));
                sum += shares[c][i];
            }
            for (int i = 0; i < near.length; i++) {
                shares[c][i] /= (float) sum;
            }
        }
        return new Borrowing(users.length, cold, from, shares).of(weights);
    }

    private ItemWeights of(ItemWeights weights) {
        return switch (weights) {
            case ItemWeights.None none -> none;
            case ItemWeights.Factored(Factors factors) -> new ItemWeights.Factored(of(factors));
            case ItemWeights.Sum(ItemWeights others, Factors factors, float share) ->
                    new ItemWeights.Sum(of(others), of(factors), share);
            case ItemWeights.Dense dense -> of(dense);
            case ItemWeights.Sparse(SparseRows rows) -> of(rows);
        };
    }

    private Factors of(Factors factors) {
        int rank = factors.rank();
        float[] rows = factors.rows().clone();
        for (int c = 0; c < cold.length; c++) {
            Arrays.fill(rows, cold[c] * rank, (cold[c] + 1) * rank, 0);
            for (int i = 0; i < from[c].length; i++) {
                for (int factor = 0; factor < rank; factor++) {
                    rows[cold[c] * rank + factor] +=
                            UNMET * shares[c][i] * factors.rows()[from[c][i] * rank + factor];
                }
            }
        }
        return factors.withRows(rows);
    }

    private ItemWeights of(ItemWeights.Dense dense) {
        int[] items =
                IntStream.concat(
                                Arrays.stream(dense.items()),
                                // Of what is like nothing that was met nothing is known.
                                IntStream.range(0, cold.length)
                                        .filter(c -> from[c].length > 0)
                                        .map(c -> cold[c]))
                        .distinct()
                        .sorted()
                        .toArray();
        Scores base = new Scores(dense, size);
        float[] largest = largest(base, dense.items());
        if (items.length > Kept.DENSE_ITEMS) {
            return RowWise.keep(item -> row(item, base, largest), size, Kept.of(size));
        }
        float[][] rows = new float[items.length][];
        IntStream.range(0, items.length)
                .parallel()
                .forEach(
                        place -> {
                            float[] row = row(items[place], base, largest);
                            rows[place] = new float[items.length];
                            for (int i = 0; i < items.length; i++) {
                                rows[place][i] = i == place ? 0 : row[items[i]];
                            }
                        });
        return new ItemWeights.Dense(items, rows);
    }

    private ItemWeights of(SparseRows sparse) {
        Scores base = new Scores(new ItemWeights.Sparse(sparse), size);
        float[] largest = largest(base, IntStream.range(0, size).toArray());
        int longest = 4 * NEIGHBOURS;
        for (int row = 0; row < size; row++) {
            longest = Math.max(longest, sparse.starts()[row + 1] - sparse.starts()[row]);
        }
        int most = longest;
        int[][] columns = new int[size][];
        float[][] values = new float[size][];
        IntStream.range(0, size)
                .parallel()
                .forEach(
                        item -> {
                            float[] row = row(item, base, largest);
                            // What was kept stays; of a row of a new item the largest are.
                            columns[item] =
                                    Largest.columns(
                                            row,
                                            item,
                                            Arrays.binarySearch(cold, item) >= 0 ? most : size);
                            values[item] = new float[columns[item].length];
                            for (int i = 0; i < values[item].length; i++) {
                                values[item][i] = row[columns[item][i]];
                            }
                        });
        return new ItemWeights.Sparse(SparseRows.of(columns, values));
    }

    /** The largest weight to each item. */
    private float[] largest(Scores base, int[] items) {
        float[] largest = new float[size];
        for (int item : items) {
            float[] row = base.row(item);
            for (int to = 0; to < size; to++) {
                largest[to] = Math.max(largest[to], to == item ? 0 : row[to]);
            }
        }
        return largest;
    }

    private float[] row(int item, Scores base, float[] largest) {
        float[] row = new float[size];
        int place = Arrays.binarySearch(cold, item);
        if (place < 0) {
            base.add(item, 1, row);
            row[item] = largest[item];
        } else {
            for (int i = 0; i < from[place].length; i++) {
                base.add(from[place][i], shares[place][i], row);
                row[from[place][i]] += shares[place][i] * largest[from[place][i]];
            }
        }
        for (int c = 0; c < cold.length; c++) {
            float sum = 0;
            for (int i = 0; i < from[c].length; i++) {
                sum += shares[c][i] * row[from[c][i]];
            }
            row[cold[c]] = UNMET * sum;
        }
        row[item] = 0;
        return row;
    }
}
