package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.Spectra;
import io.farandole.recommenders.model.ModelSpec;

/**
 * How much work a model is, in units of about a second on two cores of 2024; measured once, so that
 * what is chosen does not depend on how busy a machine is.
 */
final class Work {

    private static final double MULTIPLIED = 7e10;
    private static final double THIN_MULTIPLIED = 3.5e10;
    private static final double SMALL_SYSTEMS = 2e10;
    private static final double SCATTERED = 3e8;
    private static final double ALTERNATING = 1e10;
    private static final double AXPY = 1.5e9;
    private static final double SELECTED = 6e8;
    private static final int ITERATIONS = 14;

    /** Of a sharpening's four steps, each there and back. */
    private static final int SHARPENING = 8;

    /** A row whose elements are raised to a power takes longer than one that is counted. */
    private static final int RAISED = 3;

    /** A row in which everything is above 0 takes longer than one where little is. */
    private static final int WHOLE_ROWS = 4;

    private Work() {}

    static double of(ModelSpec.Blendable spec, Signals signals) {
        return switch (spec) {
            case ModelSpec.Ials ials -> of(ials, signals);
            case ModelSpec.Linear linear -> of(linear, signals, signals.itemCount());
        };
    }

    private static double powers(ModelSpec.Turbo turbo, double items, double rows) {
        double near = Math.min(items, 256);
        return turbo.order() == 1
                ? 0
                : RAISED * items * items / SELECTED
                        + (turbo.order() - 1) * rows * near * near / SCATTERED;
    }

    /** Where so many rows alone are needed. */
    static double of(ModelSpec.Linear spec, Signals signals, double rows) {
        double items = signals.itemCount();
        double acts = acts(signals);
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
            case ModelSpec.Ease ease -> pairs + whole(Fitting.dense(signals, ease).length);
            case ModelSpec.Graph graph ->
                    pairs
                            + (graph.isSpectral() ? WHOLE_ROWS : 1) * all
                            + spectrum(graph, signals)
                            + shape(graph, signals)
                            + 2 * rows * items * width(graph, items) / MULTIPLIED;
            case ModelSpec.Content _ -> items * items / SELECTED;
            case ModelSpec.Turbo turbo -> pairs + RAISED * all + powers(turbo, items, rows);
            case ModelSpec.ItemKnn _, ModelSpec.Rp3Beta _ -> pairs + all;
            case ModelSpec.Transitions transitions -> acts * transitions.window() / SCATTERED + all;
        };
    }

    static double of(ModelSpec.Ials spec, Signals signals) {
        double rank = spec.rank();
        double rows = (double) signals.itemCount() + signals.byUser().items().length;
        return spec.iterations()
                * (rows * rank * rank * rank / 3 + 2 * acts(signals) * rank * rank)
                / ALTERNATING;
    }

    /**
     * Of a filter that is never a matrix, its asking included.
     *
     * @param spectra those that are there
     */
    static double direct(ModelSpec.Graph graph, Signals signals, int questions, Spectra spectra) {
        double items = signals.itemCount();
        return (spectra.has(graph) ? 0 : spectrum(graph, signals))
                + shape(graph, signals)
                + questions * (detour(signals) + signals.byUser().items().length) / SCATTERED
                + 2 * questions * items * width(graph, items) / MULTIPLIED;
    }

    /** The acts of all who met what one user met. */
    private static double detour(Signals signals) {
        double users = Math.max(1, signals.byUser().items().length);
        double acts = Math.max(1, acts(signals));
        double met = signals.byItem().pairs() / users;
        return Math.min(acts, met * signals.byUser().pairs() / acts);
    }

    private static double width(ModelSpec.Graph graph, double items) {
        int parts = (graph.low() > 0 ? 1 : 0) + (graph.sharpen() > 0 ? 1 : 0);
        return parts * Math.min(items, graph.rank());
    }

    private static double spectrum(ModelSpec.Graph graph, Signals signals) {
        if (!graph.isSpectral()) {
            return 0;
        }
        double items = signals.itemCount();
        double width = Math.min(items, graph.rank() * 1.15);
        return ITERATIONS * acts(signals) * width / AXPY
                + ITERATIONS * items * width * width / THIN_MULTIPLIED;
    }

    private static double shape(ModelSpec.Graph graph, Signals signals) {
        return graph.low() > 0 && graph.sharpen() > 0
                ? SHARPENING * acts(signals) * Math.min(signals.itemCount(), graph.rank()) / AXPY
                : 0;
    }

    private static double acts(Signals signals) {
        double acts = 0;
        for (int[] row : signals.byUser().items()) {
            acts += row.length;
        }
        return acts;
    }

    private static double whole(double items) {
        return items * items * items / MULTIPLIED + items * items / SELECTED;
    }

    /** Of asking so many users. */
    static double asking(int questions, Signals signals) {
        double users = Math.max(1, signals.byUser().items().length);
        double acts = signals.byUser().pairs() / users;
        return questions * Math.sqrt(acts) * Math.min(signals.itemCount(), 2_000) / SCATTERED / 4
                + questions * (double) signals.itemCount() / SELECTED;
    }
}
