package io.farandole.recommenders.training;

import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Ease;
import io.farandole.recommenders.model.ModelSpec.Graph;
import io.farandole.recommenders.model.ModelSpec.Linear;
import io.farandole.recommenders.model.ModelSpec.Rp3Beta;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the search for each family begins, and where it goes from there.
 *
 * @param support of EASE while it is searched for: so many items fit the time
 * @param neighbours of EASE while it is searched for; 0: all pairs
 * @param timed whether the order of acts means anything
 * @param content whether anything is known of the items themselves
 */
record Grid(int support, int neighbours, boolean timed, boolean content) {

    private static final int FIRST_FAMILIES = 6;
    private static final int MOST_VECTORS = 1024;
    private static final double USERS_STEP = 0.25;
    private static final double ITEMS_STEP = 0.1;
    private static final double SPREAD_STEP = 0.25;

    /**
     * One of each family first, then some that are far from those; what the literature has in front
     * on such data comes first, as time may end the search. Filters of one spectrum follow each
     * other.
     */
    List<Linear> starts() {
        List<Linear> starts = neighbours > 0 ? startsOfMany() : startsOfFew();
        if (content) {
            starts.add(FIRST_FAMILIES, ModelSpec.Content.USUAL);
        }
        return starts;
    }

    /**
     * Of so many items that EASE of all pairs takes too long. Of the LightGCN paper's splits, which
     * are of this size, filters are in front (Shen et al. 2021, table 3; Choi et al. 2023, table
     * 2); they use 256 to 512 vectors.
     */
    private List<Linear> startsOfMany() {
        List<Linear> starts = new ArrayList<>();
        // Cheap and seldom far behind: it tells how fast the machine is before anything is dear.
        starts.add(Rp3Beta.USUAL);
        starts.add(new Graph(0.3, 512, 1, 0.5));
        starts.add(Graph.USUAL);
        starts.add(new Graph(0.3, 512, 1, 0.5, 1));
        starts.add(new Graph(0.3, 512, 1, 0.5, 2.5));
        starts.add(ease(200, 0, 0));
        starts.add(ModelSpec.Turbo.USUAL);
        if (timed) {
            starts.add(ModelSpec.Transitions.USUAL);
        }
        starts.add(ease(200, 0.5, 0.5));
        starts.add(ease(50, 0.5, 0.5));
        starts.add(new Graph(0.3, 512, 0.5, 0.5, 1));
        starts.add(ModelSpec.ItemKnn.USUAL);
        starts.add(new Rp3Beta(0.6, 0.2, 200));
        starts.add(ease(20, 0, 0.5));
        return starts;
    }

    /** Of few items, EASE and what is near it are in front (Anelli et al. 2022, ML-1M). */
    private List<Linear> startsOfFew() {
        List<Linear> starts = new ArrayList<>();
        // As published; what is more intricate has to be better by more than chance.
        starts.add(ease(200, 0, 0));
        starts.add(new Rp3Beta(0.8, 0.4, 200));
        starts.add(ease(200, 0.5, 0.5));
        starts.add(new Graph(0.3, 128, 1, 0.5));
        starts.add(new Graph(0.3, 128, 1, 0.5, 1));
        starts.add(ModelSpec.Turbo.USUAL);
        if (timed) {
            starts.add(ModelSpec.Transitions.USUAL);
        }
        starts.add(ease(50, 0.5, 0.5));
        starts.add(ease(500, 0, 0));
        starts.add(ModelSpec.ItemKnn.USUAL);
        starts.add(new Rp3Beta(0.6, 0.2, 200));
        starts.add(new Graph(0.5, 64, 0.5, 0.4));
        starts.add(ease(20, 0, 0.5));
        starts.add(new Graph(0, 128, 1, 0.5));
        return starts;
    }

    private Ease ease(double lambda, double spread, double users) {
        return new Ease(lambda, support, spread, users, 0, neighbours, 0);
    }

    /** One step from a point in each direction. */
    static List<Linear> around(Linear spec) {
        List<Linear> moves = new ArrayList<>();
        switch (spec) {
            case Ease e -> {
                moves.add(with(e, e.lambda() * 2.5, e.spread(), e.users(), e.tilt()));
                moves.add(with(e, e.lambda() / 2.5, e.spread(), e.users(), e.tilt()));
                moves.add(with(e, e.lambda(), up(e.spread(), SPREAD_STEP, 1), e.users(), e.tilt()));
                moves.add(with(e, e.lambda(), down(e.spread(), SPREAD_STEP), e.users(), e.tilt()));
                moves.add(with(e, e.lambda(), e.spread(), up(e.users(), USERS_STEP, 1), e.tilt()));
                moves.add(with(e, e.lambda(), e.spread(), down(e.users(), USERS_STEP), e.tilt()));
                moves.add(with(e, e.lambda(), e.spread(), e.users(), e.tilt() + ITEMS_STEP));
                moves.add(with(e, e.lambda(), e.spread(), e.users(), e.tilt() - ITEMS_STEP));
            }
            case Graph g -> {
                // Those of the same spectrum first, which cost little.
                if (g.low() > 0) {
                    moves.add(with(g, rounded(g.low() * 2), g.rank(), g.sharpen()));
                    moves.add(with(g, rounded(g.low() / 2), g.rank(), g.sharpen()));
                }
                if (g.isSpectral()) {
                    moves.add(with(g, g.low(), g.rank(), sharper(g.sharpen())));
                    moves.add(with(g, g.low(), g.rank(), softer(g.sharpen())));
                    moves.add(with(g, g.low(), Math.max(8, g.rank() / 2), g.sharpen()));
                }
                moves.add(with(g, down(g.users(), USERS_STEP), g.items()));
                moves.add(with(g, g.users(), down(g.items(), ITEMS_STEP)));
                moves.add(with(g, g.users(), up(g.items(), ITEMS_STEP, 0.9)));
                moves.add(with(g, up(g.users(), USERS_STEP, 1.5), g.items()));
                if (g.isSpectral()) {
                    int more = Math.min(Math.max(MOST_VECTORS, g.rank()), 2 * g.rank());
                    moves.add(with(g, g.low(), more, g.sharpen()));
                }
            }
            case Rp3Beta r -> {
                moves.add(new Rp3Beta(up(r.alpha(), 0.15, 2), r.beta(), r.neighbours()));
                moves.add(new Rp3Beta(down(r.alpha(), 0.15), r.beta(), r.neighbours()));
                moves.add(new Rp3Beta(r.alpha(), up(r.beta(), 0.1, 2), r.neighbours()));
                moves.add(new Rp3Beta(r.alpha(), down(r.beta(), 0.1), r.neighbours()));
                moves.add(new Rp3Beta(r.alpha(), r.beta(), r.neighbours() * 2));
            }
            case ModelSpec.Content c -> moves.add(new ModelSpec.Content(c.neighbours() / 4 + 1));
            case ModelSpec.Turbo t -> {
                moves.add(turbo(rounded(t.power() * 0.75), t.order(), t.items()));
                moves.add(turbo(Math.min(2, rounded(t.power() / 0.75)), t.order(), t.items()));
                moves.add(turbo(t.power(), t.order() == 1 ? 2 : 1, t.items()));
                moves.add(turbo(t.power(), t.order(), down(t.items(), ITEMS_STEP)));
                moves.add(turbo(t.power(), t.order(), up(t.items(), ITEMS_STEP, 0.9)));
            }
            case ModelSpec.ItemKnn k ->
                    moves.add(new ModelSpec.ItemKnn(k.neighbours() * 2, k.shrink()));
            case ModelSpec.Transitions t -> {
                moves.add(new ModelSpec.Transitions(Math.max(1, t.window() / 2), t.items()));
                moves.add(new ModelSpec.Transitions(t.window() * 2, t.items()));
                moves.add(new ModelSpec.Transitions(t.window(), down(t.items(), ITEMS_STEP)));
            }
        }
        return moves;
    }

    private static Ease with(Ease e, double lambda, double spread, double users, double tilt) {
        return new Ease(
                rounded(lambda),
                e.support(),
                spread,
                users,
                rounded(Math.clamp(tilt, -1, 1)),
                e.neighbours(),
                e.whole());
    }

    static List<ModelSpec.Ials> around(ModelSpec.Ials spec) {
        return List.of(
                new ModelSpec.Ials(
                        spec.rank(), spec.lambda(), rounded(spec.alpha() * 4), spec.iterations()),
                new ModelSpec.Ials(spec.rank(), spec.lambda() * 3, spec.alpha(), spec.iterations()),
                new ModelSpec.Ials(
                        spec.rank(), spec.lambda() * 3, spec.alpha() * 4, spec.iterations()));
    }

    /** Users and items change places, as the paper normalises. */
    private static ModelSpec.Turbo turbo(double power, int order, double items) {
        return new ModelSpec.Turbo(power, order, rounded(2 * (1 - items)), items);
    }

    private static Graph with(Graph g, double low, int rank, double sharpen) {
        return new Graph(low, rank, g.users(), g.items(), sharpen);
    }

    private static Graph with(Graph g, double users, double items) {
        return new Graph(g.low(), g.rank(), users, items, g.sharpen());
    }

    /** 0, 0.4, 1, 2.5 (BSPM's), 4. */
    private static double sharper(double sharpen) {
        return sharpen == 0 ? 1 : Math.min(4, rounded(sharpen * 2.5));
    }

    private static double softer(double sharpen) {
        return sharpen < 1 ? 0 : sharpen == 4 ? 2.5 : rounded(sharpen / 2.5);
    }

    private static double up(double value, double step, double most) {
        return Math.min(most, rounded(value + step));
    }

    private static double down(double value, double step) {
        return Math.max(0, rounded(value - step));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
