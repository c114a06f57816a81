package io.farandole.local.offline;

import io.farandole.local.console.Console;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.evaluation.Evaluating;
import io.farandole.recommenders.evaluation.Evaluation;
import io.farandole.recommenders.evaluation.HeldOut;
import io.farandole.recommenders.evaluation.Metric;
import io.farandole.recommenders.model.ModelSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Trains a model and its rivals on what came first, and asks all of them what came later.
 *
 * @param lengths of the lists; the first decides
 */
public record Comparing(
        ModelSpec model,
        List<Integer> lengths,
        HeldOut.Relevant relevant,
        long seed,
        Console console) {

    /**
     * Decay helps where tastes drift and costs where users are of different times: both stand by.
     */
    private static final List<ModelSpec> RIVALS =
            List.of(
                    ModelSpec.Popularity.UNDECAYED,
                    ModelSpec.Popularity.USUAL,
                    ModelSpec.ItemKnn.USUAL);

    public Comparison on(String name, Split split) {
        HeldOut heldOut = HeldOut.of(split, relevant);
        Evaluating evaluating = new Evaluating(heldOut, lengths, seed);
        List<Comparison.Entry> entries = new ArrayList<>();
        List<Evaluation> evaluations = new ArrayList<>();
        for (ModelSpec spec : specs()) {
            Trained trained = Trained.now(spec, split.train(), seed, console);
            Evaluation evaluation = evaluating.evaluate(trained.model());
            evaluations.add(evaluation);
            entries.add(new Comparison.Entry(trained.seconds(), evaluation.report()));
        }
        return new Comparison(
                name,
                split.train().size(),
                heldOut.counts(),
                entries,
                evaluations.stream()
                        .skip(1)
                        .map(
                                rival ->
                                        evaluations
                                                .getFirst()
                                                .minus(rival, Metric.NDCG, lengths.getFirst()))
                        .toList());
    }

    private Set<ModelSpec> specs() {
        Set<ModelSpec> specs = new LinkedHashSet<>();
        specs.add(model);
        specs.addAll(RIVALS);
        return specs;
    }
}
