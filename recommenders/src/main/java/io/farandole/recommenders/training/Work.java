package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.model.ModelSpec;

/**
 * How much work a model is, in units of about a second on two cores of 2020; measured once, so that
 * what is chosen does not depend on how busy a machine is.
 */
final class Work {

    private static final double MULTIPLIED = 7e10;
    private static final double SMALL_SYSTEMS = 8e9;
    private static final double SCATTERED = 3e8;
    private static final double AXPY = 2.5e9;
    private static final double SELECTED = 3e8;
    private static final int ITERATIONS = 14;

    /** A row in which everything is above 0 takes longer than one where little is. */
    private static final int WHOLE_ROWS = 3;

    private Work() {}

    static double of(ModelSpec.Linear spec, Signals signals) {
        return of(spec, signals, signals.itemCount());
    }

    /** Where so many rows alone are needed. */
    static double of(ModelSpec.Linear spec, Signals signals, double rows) {
        double items = signals.itemCount();
        double acts = 0;
        for (int[] row : signals.byUser().items()) {
            acts += row.length;
        }
        double pairs = signals.byUser().pairs() / SCATTERED;
        double all = rows * items / SELECTED;
        return switch (spec) {
            case ModelSpec.Ease ease when ease.neighbours() > 0 -> {
                double most = Math.min(items, ease.neighbours());
                yield pairs
                        + items * items / SELECTED
                        + items * most * most * most / 3 / SMALL_SYSTEMS
                        + acts * most * 8 / SCATTERED
                        + whole(Fitting.dense(signals, ease).length);
            }
            case ModelSpec.Ease ease -> {
                yield pairs + whole(Fitting.dense(signals, ease).length);
            }
            case ModelSpec.Graph graph -> {
                double rank = graph.low() > 0 ? Math.min(items, graph.rank() * 1.15) : 0;
                yield pairs
                        + (rank > 0 ? WHOLE_ROWS : 1) * all
                        + ITERATIONS * acts * rank / AXPY
                        + (ITERATIONS * items * rank * rank + 2 * rows * items * rank) / MULTIPLIED;
            }
            case ModelSpec.ItemKnn _, ModelSpec.Rp3Beta _ -> pairs + all;
            case ModelSpec.Transitions transitions -> acts * transitions.window() / SCATTERED + all;
        };
    }

    private static double whole(double items) {
        return items * items * items / MULTIPLIED + items * items / SELECTED;
    }

    /** Of asking so many users. */
    static double asking(int questions, Signals signals) {
        double users = Math.max(1, signals.byUser().items().length);
        double acts = signals.byUser().pairs() / users;
        return questions * Math.sqrt(acts) * Math.min(signals.itemCount(), 2_000) / SCATTERED / 4
                + questions * (double) signals.itemCount() / SCATTERED;
    }
}
