package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Blending;
import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.GraphFilter;
import io.farandole.recommenders.linear.Kept;
import io.farandole.recommenders.linear.Scores;
import io.farandole.recommenders.linear.Scoring;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.linear.Spectra;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Counting;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fits models and asks them, within a budget of work, and keeps a record of it. The clock stops
 * what would end too late on a machine that is much slower than a unit of work is meant for.
 */
final class Trials {

    /** What may be used up when a stage is over, of the units and of the time. */
    enum Stage {
        TUNING(0.45, 0.35),
        BLENDING(0.6, 0.6);

        private final double units;
        private final double time;

        Stage(double units, double time) {
            this.units = units;
            this.time = time;
        }
    }

    /** Of the time, when training on everything is to be over: then it is written and used. */
    private static final double TRAINED = 0.7;

    /** Of the budget, the part after which it is known how fast the machine is. */
    private static final double TELLING = 1.0 / 200;

    /** What is in a blend is asked again for each further part, and for recencies. */
    private static final int BLENDING_ASKS = 6;

    private final Validation validation;
    private final long seed;
    private final double budget;
    private final DoubleSupplier elapsed;
    private final double begun;
    private final MemoryBudget memory;
    private final Progress progress;
    private final List<Choice.Tried> tried = new ArrayList<>();
    private final Map<String, Answers> known = new HashMap<>();
    private final Map<Integer, BitSet> rows = new HashMap<>();
    private double spent;
    private Signals signals;
    private Spectra spectra;
    private Counting counting = Counting.USUAL;

    /**
     * @param elapsed how much of the time is gone, as a part
     */
    Trials(
            Validation validation,
            long seed,
            double budget,
            DoubleSupplier elapsed,
            MemoryBudget memory,
            Progress progress) {
        this.validation = validation;
        this.seed = seed;
        this.budget = budget;
        this.elapsed = elapsed;
        this.begun = elapsed.getAsDouble();
        this.memory = memory;
        this.progress = progress;
        this.signals = validation.train().signals(0);
        this.spectra = new Spectra(signals, seed);
    }

    Signals signals() {
        return signals;
    }

    Counting counting() {
        return counting;
    }

    boolean areTimed() {
        return validation.isTimed();
    }

    /** From now on; what was answered before is forgotten where the signals are others. */
    void count(Counting another) {
        if (another.met() != counting.met()) {
            signals = validation.train().signals(another.met());
            spectra = new Spectra(signals, seed);
            known.clear();
        }
        counting = another;
    }

    /** None if it is left out. */
    Answers ask(Linear spec, int questions) {
        String key = spec.text() + " " + questions;
        Answers before = known.get(key);
        if (before != null) {
            return before;
        }
        int asked = asked(questions);
        double units = work(spec, rows(questions), asked) + Work.asking(asked, signals);
        String whyNot = whyNot(spec, units, Stage.TUNING);
        Answers answers = Answers.NONE;
        if (whyNot == null) {
            progress.at("trying " + spec.text(), Math.round(spent), Math.round(budget));
            spent += units;
            answers = quality(questions, counting).of(fit(spec, rows(questions), asked));
        }
        record(spec.text(), asked, answers.mean(), units, whyNot);
        known.put(key, answers);
        return answers;
    }

    /**
     * The same of factors, which are kept to be blended; null if it is left out.
     *
     * @param searched with fewer iterations
     */
    @Nullable Factored ask(
            ModelSpec.Ials spec, ModelSpec.Ials searched, int questions, double part) {
        int asked = asked(questions);
        double units = workOfFactors(searched, questions);
        String whyNot = whyNot(searched, units, Stage.TUNING);
        if (whyNot == null && units > part * budget) {
            whyNot = "it takes more than its part of the budget";
        }
        if (whyNot != null) {
            record(searched.text(), asked, 0, units, whyNot);
            return null;
        }
        progress.at("trying " + searched.text(), Math.round(spent), Math.round(budget));
        spent += units;
        Scoring scoring =
                Fitting.scoring(searched, signals, seed, spectra, (_, _, _) -> {}, _ -> true);
        Answers answers = quality(questions, counting).of(scoring);
        record(searched.text(), asked, answers.mean(), units, null);
        return new Factored(spec, answers, scoring);
    }

    private double workOfFactors(ModelSpec.Ials spec, int questions) {
        return Work.of(spec, signals) + Work.asking(asked(questions), signals);
    }

    /** Whether factors are within their part of the budget. */
    boolean affords(ModelSpec.Ials spec, int questions, double part) {
        return workOfFactors(spec, questions) <= part * budget;
    }

    private int asked(int questions) {
        return Math.min(questions, validation.questions().size());
    }

    /** Items that so many users met: the rows of others are not needed to ask those. */
    private BitSet rows(int questions) {
        return rows.computeIfAbsent(
                questions,
                _ -> {
                    BitSet met = new BitSet();
                    for (var question : validation.questions().subList(0, asked(questions))) {
                        Arrays.stream(question.past()).forEach(met::set);
                    }
                    return met;
                });
    }

    private BitSet rowsToBlend(int questions) {
        BitSet met = (BitSet) rows(questions).clone();
        met.or(Blending.items(signals));
        return met;
    }

    private double work(Linear spec, BitSet wanted, int asked) {
        double matrix = Work.of(spec, signals, wanted.cardinality());
        return isDirect(spec, wanted, asked)
                ? Work.direct((ModelSpec.Graph) spec, signals, asked, spectra)
                : matrix;
    }

    /** Whether few enough are asked that it is less work than making its matrix. */
    private boolean isDirect(Linear spec, BitSet wanted, int asked) {
        return spec instanceof ModelSpec.Graph graph
                && Work.direct(graph, signals, asked, spectra)
                        < Work.of(graph, signals, wanted.cardinality());
    }

    /**
     * Fits one for the blend; null if it is left out, which is recorded.
     *
     * @param others with which it would be trained on everything
     */
    @Nullable Scoring fitToBlend(Linear spec, int questions, List<ModelSpec.Blendable> others) {
        BitSet wanted = rowsToBlend(questions);
        double units =
                work(spec, wanted, BLENDING_ASKS * asked(questions))
                        + Work.asking(2 * asked(questions), signals);
        String whyNot = whyNot(spec, units, Stage.BLENDING);
        if (whyNot == null && endsLate(units, spec, others)) {
            whyNot = Choice.LATE;
        }
        if (whyNot != null) {
            record(spec.text(), 0, 0, units, whyNot);
            return null;
        }
        progress.at("blending " + spec.text(), Math.round(spent), Math.round(budget));
        spent += units;
        return fit(spec, wanted, BLENDING_ASKS * asked(questions));
    }

    /** For asking again what is fitted. */
    void spendAsking(int questions) {
        spent += Work.asking(asked(questions), signals);
    }

    boolean mayBlendOn() {
        return spent < Stage.BLENDING.units * budget && elapsed.getAsDouble() < Stage.BLENDING.time;
    }

    void record(String spec, int questions, double quality, double units, @Nullable String note) {
        tried.add(new Choice.Tried(spec, questions, quality, units, note == null ? "" : note));
    }

    private Scoring fit(Linear spec, BitSet wanted, int asked) {
        boolean isDirect = isDirect(spec, wanted, asked);
        Scoring scoring =
                Fitting.scoring(spec, signals, seed, spectra, (_, _, _) -> {}, wanted::get);
        return scoring instanceof GraphFilter filter && !isDirect
                ? new Scores(
                        filter.weights(Kept.of(signals.itemCount()), wanted::get),
                        signals.itemCount())
                : scoring;
    }

    Quality quality(int questions, Counting counted) {
        return new Quality(
                validation.questions().subList(0, asked(questions)), signals.itemCount(), counted);
    }

    /** What so much work takes of the time, as this machine was so far. */
    private double time(double units) {
        return spent < TELLING * budget ? 0 : (elapsed.getAsDouble() - begun) * units / spent;
    }

    private @Nullable String whyNot(ModelSpec spec, double units, Stage stage) {
        if (elapsed.getAsDouble() + time(units) > stage.time) {
            return Choice.LATE;
        }
        return spent + units > stage.units * budget ? "the budget is used up" : whyNot(spec);
    }

    /** Whether training all parts on everything would end too late. */
    private boolean endsLate(
            double units, ModelSpec.Blendable spec, List<ModelSpec.Blendable> others) {
        double all = units + Work.of(spec, signals);
        for (ModelSpec.Blendable other : others) {
            all += Work.of(other, signals);
        }
        return elapsed.getAsDouble() + time(all) > TRAINED;
    }

    /** Whether training it on everything would end in time. */
    boolean wouldEndInTime(ModelSpec.Blendable spec) {
        return wouldEndInTime(spec, List.of());
    }

    /** The same beside others. */
    boolean wouldEndInTime(ModelSpec.Blendable spec, List<ModelSpec.Blendable> others) {
        return !endsLate(0, spec, others);
    }

    /** Whether there is memory, and time to train it on everything. */
    boolean wouldDo(Linear spec, double part) {
        double units = Work.of(spec, signals);
        // It is fitted twice: to blend it, and on everything.
        return units <= part * budget
                && elapsed.getAsDouble() + 2 * time(units) <= TRAINED
                && whyNot(spec) == null;
    }

    private @Nullable String whyNot(ModelSpec spec) {
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

    Choice choice(ModelSpec spec, double quality) {
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
