package io.farandole.recommenders.linear;

/** XᵀWX by rows, never whole: W holds a weight for each user. For any number of threads. */
final class Pairs {

    private final Signals signals;
    private final double[] userWeights;

    Pairs(Signals signals, double[] userWeights) {
        this.signals = signals;
        this.userWeights = userWeights;
    }

    /** Adds an item's row, its diagonal too. */
    void addRow(int item, double[] into) {
        int[] users = signals.byItem().items()[item];
        float[] mine = signals.byItem().weights()[item];
        for (int u = 0; u < users.length; u++) {
            double weight = mine[u] * userWeights[users[u]];
            int[] others = signals.byUser().items()[users[u]];
            float[] theirs = signals.byUser().weights()[users[u]];
            for (int i = 0; i < others.length; i++) {
                into[others[i]] += weight * theirs[i];
            }
        }
    }
}
