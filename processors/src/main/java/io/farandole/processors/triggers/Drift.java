package io.farandole.processors.triggers;

/**
 * The population stability index between two spreads, Σ (p − q) ln(p / q) over the bins: the
 * symmetrised Kullback-Leibler divergence of Jeffreys. By custom less than 0.1 is no shift and more
 * than 0.25 a great one (Siddiqi, "Credit Risk Scorecards", 2006).
 *
 * <p>Of two samples of n and m from one population it is about (1/n + 1/m) times a χ² with as many
 * degrees of freedom as there are bins, less one (Yurdakul and Naranjo, "Statistical properties of
 * the population stability index", Journal of Risk Model Validation 14(4), 2020): its mean and
 * deviation by chance are therefore known. Users' acts are not independent, so that chance makes
 * more of it than that; hence a threshold beside it.
 *
 * @param index in nats, 0 for equal spreads
 * @param chance what the index is below by chance: three deviations above its mean
 */
record Drift(double index, double chance) {

    /** Added to each bin, so that none is empty: the estimate of Krichevsky and Trofimov. */
    private static final double HALF = 0.5;

    private static final int DEVIATIONS = 3;

    static Drift between(Spread before, Spread since) {
        double n = before.total();
        double m = since.total();
        double index = 0;
        for (int bin = 0; bin < Spread.BINS; bin++) {
            double p = (before.counts().get(bin) + HALF) / (n + HALF * Spread.BINS);
            double q = (since.counts().get(bin) + HALF) / (m + HALF * Spread.BINS);
            index += (p - q) * Math.log(p / q);
        }
        int freedom = Spread.BINS - 1;
        return new Drift(
                index, (1 / n + 1 / m) * (freedom + DEVIATIONS * Math.sqrt(2.0 * freedom)));
    }

    boolean isBeyond(double threshold) {
        return index >= threshold && index > chance;
    }
}
