package io.farandole.recommenders.linear;

import io.farandole.recommenders.model.ItemWeights;
import io.farandole.recommenders.model.SparseRows;
import java.util.Arrays;

/** Adds up weights between items; for any number of threads. */
public final class Scores implements Scoring {

    private final ItemWeights weights;
    private final int[] rowOf;
    private final boolean isWhole;
    private final int size;

    public Scores(ItemWeights weights, int size) {
        this.weights = weights;
        this.size = size;
        if (weights instanceof ItemWeights.Dense dense) {
            rowOf = new int[size];
            Arrays.fill(rowOf, -1);
            for (int row = 0; row < dense.items().length; row++) {
                rowOf[dense.items()[row]] = row;
            }
            isWhole = dense.items().length == size;
        } else {
            rowOf = new int[0];
            isWhole = false;
        }
    }

    ItemWeights weights() {
        return weights;
    }

    @Override
    public Block of(int[][] pasts, float[][] counts) {
        return (at, factor, scores) -> {
            for (int i = 0; i < pasts[at].length; i++) {
                if (counts[at][i] != 0) {
                    add(pasts[at][i], counts[at][i] * factor, scores);
                }
            }
        };
    }

    @Override
    public float[] row(int item) {
        float[] row = new float[size];
        add(item, 1, row);
        return row;
    }

    /** Adds an item's weights to all scores. */
    @Override
    public void add(int item, float factor, float[] scores) {
        switch (weights) {
            case ItemWeights.None() -> {}
            case ItemWeights.Factored(_), ItemWeights.Sum _ ->
                    throw new IllegalStateException("factors are no weights between items");
            case ItemWeights.Dense(int[] items, float[][] rows) -> {
                if (rowOf[item] >= 0) {
                    add(items, rows[rowOf[item]], factor, scores);
                }
            }
            case ItemWeights.Sparse(SparseRows rows) -> {
                for (int at = rows.starts()[item]; at < rows.starts()[item + 1]; at++) {
                    scores[rows.columns()[at]] += factor * rows.values()[at];
                }
            }
        }
    }

    private void add(int[] items, float[] row, float factor, float[] scores) {
        if (isWhole) {
            for (int i = 0; i < row.length; i++) {
                scores[i] += factor * row[i];
            }
        } else {
            for (int i = 0; i < row.length; i++) {
                scores[items[i]] += factor * row[i];
            }
        }
    }
}
