package io.farandole.recommenders.training;

import java.util.Arrays;

/**
 * How well each question was answered, in the questions' order.
 *
 * @param ofEach the mean of NDCG@20 and recall@20; empty if nothing was asked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answers(double[] ofEach) {

    static final Answers NONE = new Answers(new double[0]);

    boolean areNone() {
        return ofEach.length == 0;
    }

    /** 0 if there are none. */
    double mean() {
        return Arrays.stream(ofEach).average().orElse(0);
    }

    /**
     * Whether they are better than others' by more than one standard error of the difference, as
     * Breiman et al. (1984, "Classification and regression trees", section 3.4.3) choose the
     * simpler of what validation does not tell apart; of other questions the means are compared.
     */
    boolean areClearlyBetterThan(Answers others) {
        return areBetterThan(others, 1);
    }

    /**
     * The same by so many standard errors: the best of several has to be better by more, for one of
     * them is by chance.
     */
    boolean areBetterThan(Answers others, double errors) {
        int count = Math.min(ofEach.length, others.ofEach.length);
        if (count < 2 || ofEach.length != others.ofEach.length) {
            return mean() > others.mean();
        }
        double gain = mean() - others.mean();
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double apart = ofEach[i] - others.ofEach[i] - gain;
            squares += apart * apart;
        }
        return gain > errors * Math.sqrt(squares / (count - 1.0) / count);
    }
}
