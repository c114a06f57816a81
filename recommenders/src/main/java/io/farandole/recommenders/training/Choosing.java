package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Blending;
import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Scores;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Counting;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Blend;
import io.farandole.recommenders.model.ModelSpec.Ease;
import io.farandole.recommenders.model.ModelSpec.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** What tuning may take of the budget; the rest is for training on everything, and for luck. */
    private static final double TUNED = 0.5;

    /** And with the blending. */
    private static final double BLENDED = 0.7;

    /** What the time leaves for training on everything, where 1 is for choosing. */
    private static final double LEFT = 0.5;

    /** Of the budget, what one EASE may take while it is searched for. */
    private static final double ONE_OF = 60;

    /** Of the budget, what the EASE of the blend may take. */
    private static final double FINAL_OF = 8;

    private static final int NEIGHBOURS = 200;
    private static final int FEW_NEIGHBOURS = 60;
    private static final int[] ASKED = {1_000, 2_000, 3_000, 4_000, 4_000};
    private static final double[] TRIALS = {0.05, 0.1, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.5};
    private static final double[] RECENCIES = {80, 40, 20, 10, 5, 2.5, 1.2, 0.6};

    private record Asked(Linear spec, double quality) {}

    private final Validation validation;
    private final long seed;
    private final double budget;
    private final DoubleSupplier elapsed;
    private final MemoryBudget memory;
    private final Progress progress;
    private final List<Choice.Tried> tried = new ArrayList<>();
    private final Map<String, Double> known = new HashMap<>();
    private double spent;
    private Signals signals;
    private Counting counting = Counting.USUAL;

    /**
     * @param elapsed how much of the time is gone, as a part; above 1 nothing more is tried
     */
    Choosing(
            Acts acts,
            long seed,
            double budget,
            DoubleSupplier elapsed,
            MemoryBudget memory,
            Progress progress) {
        this.validation = Validation.of(acts, seed);
        this.seed = seed;
        this.budget = budget;
        this.elapsed = elapsed;
        this.memory = memory;
        this.progress = progress;
        this.signals = validation.train().signals(0);
    }

    Choice choose() {
        if (validation.questions().isEmpty()) {
            // Nobody did enough to hold anything out.
            return choice(ModelSpec.Popularity.UNDECAYED, 0);
        }
        countWhatWasNotLiked();
        Map<Class<?>, Asked> best = new LinkedHashMap<>();
        Grid grid = grid();
        for (Linear spec : grid.starts()) {
            ask(spec, ASKED[0], best);
        }
        for (int round = 1; round < ASKED.length; round++) {
            List<Asked> left = best(best);
            // The better half goes on; of two both do, as it is the blend that counts.
            int families = Math.max(2, Math.ceilDiv(left.size(), 1 << Math.max(0, round - 1)));
            for (Asked one : left.subList(0, Math.min(families, left.size()))) {
                // More users give another figure; where they are not asked any more, it is kept.
                double again = ask(one.spec, ASKED[round]);
                best.put(one.spec.getClass(), new Asked(one.spec, again > 0 ? again : one.quality));
                for (Linear move : Grid.around(one.spec)) {
                    ask(move, ASKED[round], best);
                }
            }
        }
        return blend(best(best));
    }

    /** Whether what was met and not liked foretells what is met next. */
    private void countWhatWasNotLiked() {
        if (!validation.train().haveNotLiked()) {
            return;
        }
        Linear cheap = new ModelSpec.Graph(0, 1, 1, 0.5);
        double without = ask(cheap, ASKED[0]);
        counting = new Counting(1, 0);
        signals = validation.train().signals(1);
        known.clear();
        if (ask(cheap, ASKED[0]) < without) {
            counting = Counting.USUAL;
            signals = validation.train().signals(0);
            known.clear();
        }
    }

    /** As much of EASE as can be tried often. */
    private Grid grid() {
        for (int support = 1; support <= 8; support *= 2) {
            Ease all = new Ease(200, support);
            if (Work.of(all, signals) <= budget / ONE_OF && whyNot(all) == null) {
                return new Grid(support, 0, validation.isTimed());
            }
        }
        return new Grid(1, FEW_NEIGHBOURS, validation.isTimed());
    }

    /** As much of EASE as can be had once. */
    private Linear atFullSize(Linear spec) {
        if (!(spec instanceof Ease e)) {
            return spec;
        }
        Ease all = new Ease(e.lambda(), 1, e.spread(), e.users(), e.tilt(), 0);
        return Work.of(all, signals) <= budget / FINAL_OF && whyNot(all) == null
                ? all
                : new Ease(e.lambda(), 1, e.spread(), e.users(), e.tilt(), NEIGHBOURS);
    }

    private static List<Asked> best(Map<Class<?>, Asked> best) {
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Asked::quality).reversed())
                .toList();
    }

    private void ask(Linear spec, int questions, Map<Class<?>, Asked> best) {
        double quality = ask(spec, questions);
        Asked former = best.get(spec.getClass());
        if (quality > 0 && (former == null || quality > former.quality)) {
            best.put(spec.getClass(), new Asked(spec, quality));
        }
    }

    /** 0 if it is left out. */
    private double ask(Linear spec, int questions) {
        String key = spec.text() + " " + questions;
        Double before = known.get(key);
        if (before != null) {
            return before;
        }
        int asked = Math.min(questions, validation.questions().size());
        double units = Work.of(spec, signals) + Work.asking(asked, signals);
        String whyNot = whyNot(spec, units, TUNED);
        double quality = 0;
        if (whyNot == null) {
            progress.at("trying " + spec.text(), Math.round(spent), Math.round(budget));
            spent += units;
            Scores scores = fit(spec);
            quality = quality(asked, counting).of(scores);
        }
        tried.add(
                new Choice.Tried(spec.text(), asked, quality, units, whyNot == null ? "" : whyNot));
        known.put(key, quality);
        return quality;
    }

    private @Nullable String whyNot(Linear spec, double units, double part) {
        if (elapsed.getAsDouble() > part / BLENDED) {
            return Choice.LATE;
        }
        return spent + units > part * budget ? "the budget is used up" : whyNot(spec);
    }

    private @Nullable String whyNot(Linear spec) {
        try {
            MemoryEstimate.of(
                            spec,
                            new MemoryEstimate.Counts((int) validation.train().count(), signals))
                    .checkAgainst(memory, spec.text());
            return null;
        } catch (TooLarge e) {
            return Objects.requireNonNullElse(e.getMessage(), "it does not fit in memory");
        }
    }

    private Scores fit(Linear spec) {
        return new Scores(Fitting.fit(spec, signals, seed, (_, _, _) -> {}), signals.itemCount());
    }

    private Quality quality(int questions, Counting counted) {
        return new Quality(
                validation
                        .questions()
                        .subList(0, Math.min(questions, validation.questions().size())),
                signals.itemCount(),
                counted);
    }

    /** Adds up what is left, the best first, each with the factor that helps most. */
    private Choice blend(List<Asked> left) {
        int most = ASKED[ASKED.length - 1];
        List<Linear> specs = new ArrayList<>();
        List<Scores> parts = new ArrayList<>();
        List<Double> factors = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        double quality = 0;
        for (Asked one : left) {
            Linear spec = atFullSize(one.spec);
            double units = Work.of(spec, signals) + Work.asking(2 * most, signals);
            String whyNot = whyNot(spec, units, BLENDED);
            if (whyNot == null && wouldBeLate(specs, units)) {
                whyNot = Choice.LATE;
            }
            if (whyNot != null) {
                tried.add(new Choice.Tried(spec.text(), 0, 0, units, whyNot));
                continue;
            }
            progress.at("blending " + spec.text(), Math.round(spent), Math.round(budget));
            spent += units;
            Scores scores = fit(spec);
            specs.add(spec);
            parts.add(scores);
            deviations.add(Blending.deviation(signals, scores));
            factors.add(0.0);
            if (parts.size() == 1) {
                factors.set(0, 1 / deviations.getFirst());
                quality = quality(most, counting).of(scores);
            } else {
                quality = improve(parts.size() - 1, parts, factors, deviations, quality);
            }
            if (parts.size() == 2) {
                quality = countRecentForMore(parts, factors, quality);
            }
            tried.add(new Choice.Tried(text(specs, factors, deviations), most, quality, units, ""));
        }
        if (parts.isEmpty() && !left.isEmpty()) {
            // No budget to ask again.
            Asked first = left.getFirst();
            return choice(
                    new Blend(counting, List.of(new Blend.Share(1, first.spec))), first.quality);
        }
        if (parts.isEmpty()) {
            // No budget to try anything: what costs least and is never bad.
            return choice(
                    new Blend(counting, List.of(new Blend.Share(1, ModelSpec.Rp3Beta.USUAL))), 0);
        }
        for (int part = 0; part < parts.size() && parts.size() > 1; part++) {
            spent += Work.asking(2 * most, signals);
            quality = improve(part, parts, factors, deviations, quality);
        }
        quality = countRecentForMore(parts, factors, quality);
        return choice(ModelSpec.parse(text(specs, factors, deviations)), quality);
    }

    /** Whether training all parts on everything would take longer than what the time leaves. */
    private boolean wouldBeLate(List<Linear> parts, double more) {
        double units = more;
        for (Linear part : parts) {
            units += Work.of(part, signals);
        }
        return elapsed.getAsDouble() * units / Math.max(spent, 1) > LEFT;
    }

    /** Finds one part's factor, the others being as they are; 0 leaves it out. */
    private double improve(
            int part,
            List<Scores> parts,
            List<Double> factors,
            List<Double> deviations,
            double quality) {
        List<Scores> others = new ArrayList<>(parts);
        List<Double> theirs = new ArrayList<>(factors);
        others.remove(part);
        theirs.remove(part);
        if (theirs.stream().allMatch(factor -> factor == 0)) {
            return quality;
        }
        double[] trials = new double[TRIALS.length + 1];
        for (int trial = 0; trial < TRIALS.length; trial++) {
            trials[trial + 1] = TRIALS[trial] / deviations.get(part);
        }
        double[] qualities =
                quality(ASKED[ASKED.length - 1], counting)
                        .of(
                                parts.get(part),
                                trials,
                                others,
                                theirs.stream().mapToDouble(Double::doubleValue).toArray());
        double best = quality;
        for (int trial = 0; trial < trials.length; trial++) {
            if (qualities[trial] > best) {
                best = qualities[trial];
                factors.set(part, trials[trial]);
            }
        }
        return best;
    }

    /** Whether later items tell more. */
    private double countRecentForMore(List<Scores> parts, List<Double> factors, double quality) {
        if (!validation.isTimed()) {
            return quality;
        }
        double best = quality;
        double[] all = factors.stream().mapToDouble(Double::doubleValue).toArray();
        List<Scores> others = parts.subList(1, parts.size());
        for (double recency : RECENCIES) {
            Counting trial = new Counting(counting.met(), recency);
            spent += Work.asking(ASKED[ASKED.length - 1], signals);
            double[] rest = Arrays.copyOfRange(all, 1, all.length);
            double found =
                    rest.length == 0
                            ? quality(ASKED[ASKED.length - 1], trial).of(parts.getFirst())
                            : quality(ASKED[ASKED.length - 1], trial)
                                    .of(parts.getFirst(), new double[] {all[0]}, others, rest)[0];
            if (found > best) {
                best = found;
                counting = trial;
            }
        }
        return best;
    }

    private String text(List<Linear> specs, List<Double> factors, List<Double> deviations) {
        List<Blend.Share> shares = new ArrayList<>();
        for (int part = 0; part < specs.size(); part++) {
            double share = Math.rint(factors.get(part) * deviations.get(part) * 1000) / 1000;
            if (share > 0) {
                shares.add(new Blend.Share(share, specs.get(part)));
            }
        }
        return new Blend(counting, shares).text();
    }

    private Choice choice(ModelSpec spec, double quality) {
        return new Choice(
                spec.text(),
                validation.kind().words(),
                validation.questions().size(),
                quality,
                spent,
                budget,
                tried);
    }
}
