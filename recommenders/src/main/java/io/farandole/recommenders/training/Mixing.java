package io.farandole.recommenders.training;

import io.farandole.recommenders.linear.Blending;
import io.farandole.recommenders.linear.Scoring;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.Counting;
import io.farandole.recommenders.model.ModelSpec;
import io.farandole.recommenders.model.ModelSpec.Blend;
import io.farandole.recommenders.model.ModelSpec.Blendable;
import io.farandole.recommenders.model.ModelSpec.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a blend: adds models up, the best first, each with the factor that helps most; what does
 * not clearly help is left out.
 */
final class Mixing {

    private static final double[] SHARES = {0.05, 0.1, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.5};

    /** One-sided, 5 % shared by the eight recencies: by chance none is better by more. */
    private static final double ERRORS_OF_THE_BEST = 2.5;

    private static final double[] RECENCIES = {80, 40, 20, 10, 5, 2.5, 1.2, 0.6};

    private final Trials trials;
    private final int questions;
    private final List<Blendable> specs = new ArrayList<>();
    private final List<Scoring> parts = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();
    private final List<Double> deviations = new ArrayList<>();
    private Answers answers = Answers.NONE;

    /**
     * @param questions how many are asked
     */
    Mixing(Trials trials, int questions) {
        this.trials = trials;
        this.questions = questions;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Adds one more if it helps.
     *
     * @return whether there was time to find out
     */
    boolean add(Linear spec) {
        Scoring scores = trials.fitToBlend(spec, questions, specs);
        if (scores == null) {
            return false;
        }
        add(spec, scores);
        return true;
    }

    /** Adds factors if they help, and if there is time to train them beside the rest. */
    void add(Factored factored) {
        if (trials.mayBlendOn() && trials.wouldEndInTime(factored.spec(), specs)) {
            add(factored.spec(), factored.scoring());
        }
    }

    private void add(Blendable spec, Scoring scores) {
        specs.add(spec);
        parts.add(scores);
        deviations.add(Blending.deviation(trials.signals(), scores));
        factors.add(0.0);
        if (parts.size() == 1) {
            factors.set(0, 1 / deviations.getFirst());
            answers = trials.quality(questions, trials.counting()).of(scores);
        } else {
            improve(parts.size() - 1);
        }
        if (parts.size() > 1 && factors.getLast() == 0) {
            // Its memory is for the next.
            List.of(specs, parts, factors, deviations).forEach(List::removeLast);
            return;
        }
        trials.record(text(), questions, answers.mean(), 0, null);
        if (parts.size() == 2) {
            countRecentForMore();
        }
    }

    /** Of the last that was found, to which others are compared. */
    Answers answers() {
        return answers;
    }

    /** Goes through the parts once more. */
    Choice done() {
        for (int part = 0; part < parts.size() && parts.size() > 1; part++) {
            if (trials.mayBlendOn()) {
                improve(part);
            }
        }
        countRecentForMore();
        return trials.choice(ModelSpec.parse(text()), answers.mean());
    }

    /** Finds one part's factor, the others being as they are; 0 leaves it out. */
    private void improve(int part) {
        List<Scoring> others = new ArrayList<>(parts);
        List<Double> theirs = new ArrayList<>(factors);
        others.remove(part);
        theirs.remove(part);
        if (theirs.stream().allMatch(factor -> factor == 0)) {
            return;
        }
        trials.spendAsking(2 * questions);
        double[] trial = Arrays.stream(SHARES).map(share -> share / deviations.get(part)).toArray();
        Answers[] found =
                trials.quality(questions, trials.counting())
                        .of(parts.get(part), trial, others, array(theirs));
        int best = -1;
        for (int at = 0; at < trial.length; at++) {
            if (found[at].mean() > (best < 0 ? answers : found[best]).mean()) {
                best = at;
            }
        }
        if (best >= 0 && found[best].areClearlyBetterThan(answers)) {
            answers = found[best];
            factors.set(part, trial[best]);
        }
    }

    /** Whether later items tell more. */
    private void countRecentForMore() {
        if (!trials.areTimed()) {
            return;
        }
        double[] all = array(factors);
        double[] rest = Arrays.copyOfRange(all, 1, all.length);
        Counting usual = trials.counting();
        Answers best = Answers.NONE;
        Counting bestCounting = usual;
        for (double recency : RECENCIES) {
            if (!trials.mayBlendOn()) {
                break;
            }
            trials.spendAsking(questions);
            Counting counted = new Counting(usual.met(), recency);
            Quality quality = trials.quality(questions, counted);
            Answers found =
                    rest.length == 0
                            ? quality.of(parts.getFirst())
                            : quality.of(
                                            parts.getFirst(),
                                            new double[] {all[0]},
                                            parts.subList(1, parts.size()),
                                            rest)[0];
            if (best.areNone() || found.mean() > best.mean()) {
                best = found;
                bestCounting = counted;
            }
        }
        if (!best.areNone() && best.areBetterThan(answers, ERRORS_OF_THE_BEST)) {
            answers = best;
            trials.count(bestCounting);
        }
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private String text() {
        List<Blend.Share> shares = new ArrayList<>();
        for (int part = 0; part < specs.size(); part++) {
            double share = Math.rint(factors.get(part) * deviations.get(part) * 1000) / 1000;
            if (share > 0) {
                shares.add(new Blend.Share(share, specs.get(part)));
            }
        }
        return new Blend(trials.counting(), shares).text();
    }
}
