package io.farandole.recommenders.training;

import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Counting;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Blend;
import io.farandole.recommenders.model.ModelSpec.Ease;
import io.farandole.recommenders.model.ModelSpec.Linear;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code auto}: asks models what was held out, and keeps the better half. Successive halving
 * (Jamieson and Talwalkar 2016) over families: each round asks more users and goes one step in each
 * direction from the best of each family that is left; what is left at the end is blended. Work is
 * counted in units as {@link Work} estimates them, never by the clock, so that the same data, seed
 * and budget give the same choice.
 */
final class Choosing {

    /** Of the budget, what one EASE may take while it is searched for. */
    private static final double ONE_OF = 1.0 / 60;

    /** Of the budget, what the EASE of the blend may take. */
    private static final double FINAL_OF = 1.0 / 8;

    private static final int NEIGHBOURS = 200;
    private static final int FEW_NEIGHBOURS = 60;

    /** A matrix of so many of the most popular is in time, where all would not be. */
    private static final List<Integer> WHOLE = List.of(12_000, 8_000, 0);

    private static final int[] ASKED = {2_000, 3_000, 4_000, 4_000, 4_000};
    private static final int ASKED_TO_BLEND = 4_000;

    /** Factors are not tuned where they are so far behind the best family. */
    private static final double NEAR = 0.95;

    /** Below, they tell little of who likes what. */
    private static final int FEWEST_FACTORS = 32;

    /** Of the budget, what implicit ALS may take once. */
    private static final double FACTORS_OF = 1.0 / 15;

    private record Asked(Linear spec, Answers answers) {

        double quality() {
            return answers.mean();
        }
    }

    private final Validation validation;
    private final Trials trials;

    /**
     * @param elapsed how much of the time is gone, as a part
     */
    Choosing(
            Acts acts,
            long seed,
            double budget,
            DoubleSupplier elapsed,
            MemoryBudget memory,
            Progress progress) {
        this.validation = Validation.of(acts, seed);
        this.trials = new Trials(validation, seed, budget, elapsed, memory, progress);
    }

    Choice choose() {
        if (validation.questions().isEmpty()) {
            // Nobody did enough to hold anything out.
            return trials.choice(ModelSpec.Popularity.UNDECAYED, 0);
        }
        countWhatWasNotLiked();
        Map<Class<?>, Asked> best = new LinkedHashMap<>();
        for (Linear spec : grid().starts()) {
            ask(spec, ASKED[0], best);
        }
        for (int round = 1; round < ASKED.length; round++) {
            List<Asked> left = best(best);
            // The better half goes on; of two both do, as it is the blend that counts.
            int families = Math.max(2, Math.ceilDiv(left.size(), 1 << Math.max(0, round - 1)));
            for (Asked one : left.subList(0, Math.min(families, left.size()))) {
                // More users give another figure; where they are not asked any more, it is kept.
                Answers again = trials.ask(one.spec, ASKED[round]);
                best.put(
                        one.spec.getClass(),
                        new Asked(one.spec, again.areNone() ? one.answers : again));
                for (Linear move : Grid.around(one.spec)) {
                    ask(move, ASKED[round], best);
                }
            }
        }
        return blend(best(best), factors(best(best)));
    }

    /**
     * Implicit ALS where there is time for it; from where its paper begins one step in each
     * direction, if it is not far behind.
     */
    private @Nullable Factored factors(List<Asked> left) {
        ModelSpec.Ials usual = affordable();
        Factored best = ask(usual);
        if (best == null
                || left.isEmpty()
                || best.answers().mean() < NEAR * left.getFirst().quality()) {
            return best;
        }
        for (ModelSpec.Ials move : Grid.around(usual)) {
            Factored found = ask(move);
            if (found != null && found.answers().areClearlyBetterThan(best.answers())) {
                best = found;
            }
        }
        return best;
    }

    private @Nullable Factored ask(ModelSpec.Ials spec) {
        return trials.ask(spec, searched(spec), ASKED_TO_BLEND, FACTORS_OF);
    }

    /** As many factors as there is time for. */
    private ModelSpec.Ials affordable() {
        ModelSpec.Ials published = ModelSpec.Ials.USUAL;
        int rank = Math.clamp(trials.signals().itemCount() / 8, 8, published.rank());
        ModelSpec.Ials spec = withRank(published, rank);
        while (rank > FEWEST_FACTORS
                && !trials.affords(searched(spec), ASKED_TO_BLEND, FACTORS_OF)) {
            rank /= 2;
            spec = withRank(published, rank);
        }
        return spec;
    }

    private static ModelSpec.Ials withRank(ModelSpec.Ials spec, int rank) {
        return new ModelSpec.Ials(rank, spec.lambda(), spec.alpha(), spec.iterations());
    }

    /** It is compared after half of the iterations. */
    private static ModelSpec.Ials searched(ModelSpec.Ials spec) {
        return new ModelSpec.Ials(
                spec.rank(), spec.lambda(), spec.alpha(), Math.ceilDiv(spec.iterations(), 2));
    }

    /** Whether what was met and not liked foretells what is met next. */
    private void countWhatWasNotLiked() {
        if (!validation.train().haveNotLiked()) {
            return;
        }
        Linear cheap = new ModelSpec.Graph(0, 1, 1, 0.5);
        Answers without = trials.ask(cheap, ASKED[0]);
        trials.count(new Counting(1, 0));
        if (!trials.ask(cheap, ASKED[0]).areClearlyBetterThan(without)) {
            trials.count(Counting.USUAL);
        }
    }

    /** As much of EASE as can be tried often. */
    private Grid grid() {
        for (int support = 1; support <= 4; support *= 2) {
            if (trials.wouldDo(new Ease(200, support), ONE_OF)) {
                return new Grid(
                        support, 0, validation.isTimed(), !trials.signals().content().isEmpty());
            }
        }
        return new Grid(
                1, FEW_NEIGHBOURS, validation.isTimed(), !trials.signals().content().isEmpty());
    }

    /** As much of EASE as can be had once. */
    private Linear atFullSize(Linear spec) {
        if (!(spec instanceof Ease e)) {
            return spec;
        }
        Ease all = of(e, 0, 0);
        if (trials.wouldDo(all, FINAL_OF)) {
            return all;
        }
        for (int whole : WHOLE) {
            Ease some = of(e, NEIGHBOURS, whole);
            if (trials.wouldDo(some, FINAL_OF)) {
                return some;
            }
        }
        return spec;
    }

    private static Ease of(Ease e, int neighbours, int whole) {
        return new Ease(e.lambda(), 1, e.spread(), e.users(), e.tilt(), neighbours, whole);
    }

    private static List<Asked> best(Map<Class<?>, Asked> best) {
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Asked::quality).reversed())
                .toList();
    }

    private void ask(Linear spec, int questions, Map<Class<?>, Asked> best) {
        Answers answers = trials.ask(spec, questions);
        Asked former = best.get(spec.getClass());
        if (!answers.areNone()
                && (former == null || answers.areClearlyBetterThan(former.answers))) {
            best.put(spec.getClass(), new Asked(spec, answers));
        }
    }

    private Choice blend(List<Asked> left, @Nullable Factored factored) {
        Mixing mixing = new Mixing(trials, ASKED_TO_BLEND);
        List<Asked> leftOut = new ArrayList<>();
        for (Asked one : left) {
            if (!mixing.add(atFullSize(one.spec))) {
                leftOut.add(one);
            }
        }
        // The best for which there is no time to ask it again, but time to train it; of nothing,
        // what costs least and is never bad.
        Asked alone =
                leftOut.stream()
                        .filter(one -> trials.wouldEndInTime(one.spec))
                        .findFirst()
                        .orElse(new Asked(ModelSpec.Rp3Beta.USUAL, Answers.NONE));
        if (!mixing.isEmpty()) {
            if (factored != null) {
                mixing.add(factored);
            }
            Choice mixed = mixing.done();
            if (factored != null && factored.answers().areClearlyBetterThan(mixing.answers())) {
                return trials.choice(factored.spec(), factored.answers().mean());
            }
            if (mixed.quality() >= alone.quality()) {
                return mixed;
            }
        }
        return trials.choice(
                new Blend(
                        new Counting(trials.counting().met(), 0),
                        List.of(new Blend.Share(1, alone.spec))),
                alone.quality());
    }
}
