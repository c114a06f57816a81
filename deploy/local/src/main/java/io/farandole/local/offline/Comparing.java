package io.farandole.local.offline;

import io.farandole.local.console.Console;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.recommenders.dataset.Split;
import io.farandole.recommenders.evaluation.Evaluating;
import io.farandole.recommenders.evaluation.Evaluation;
import io.farandole.recommenders.evaluation.HeldOut;
import io.farandole.recommenders.evaluation.Metric;
import io.farandole.recommenders.evaluation.Types;
import io.farandole.recommenders.model.Choice;
import io.farandole.recommenders.model.ModelSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Trains a model and its rivals on what came first, and asks all of them what came later.
 *
 * @param lengths of the lists; the first decides
 * @param facts of items that are known beside the interactions
 * @param types of the items, where they are known
 * @param budget of {@code auto}
 * @param all whether every family comes along
 */
public record Comparing(
        ModelSpec model,
        List<Integer> lengths,
        HeldOut.Relevant relevant,
        ItemFacts facts,
        Types types,
        long seed,
        TimeBudget budget,
        boolean all,
        Console console) {

    /**
     * Decay helps where tastes drift and costs where users are of different times: both stand by.
     */
    private static final List<ModelSpec> RIVALS =
            List.of(
                    ModelSpec.Popularity.UNDECAYED,
                    ModelSpec.Popularity.USUAL,
                    ModelSpec.ItemKnn.USUAL);

    private static final ModelSpec.Graph BSPM = new ModelSpec.Graph(0.3, 256, 1, 0.5, 2.5);

    /** As their papers have them. */
    private static final List<ModelSpec> FAMILIES =
            List.of(
                    ModelSpec.Ease.USUAL,
                    ModelSpec.Graph.USUAL,
                    BSPM,
                    ModelSpec.Turbo.USUAL,
                    ModelSpec.Ials.USUAL,
                    ModelSpec.Rp3Beta.USUAL,
                    ModelSpec.Transitions.USUAL);

    public Comparison on(String name, Split split) {
        HeldOut heldOut = HeldOut.of(split, relevant);
        Evaluating evaluating = new Evaluating(heldOut, lengths, seed, types);
        List<Comparison.Entry> entries = new ArrayList<>();
        List<Evaluation> evaluations = new ArrayList<>();
        for (ModelSpec spec : specs()) {
            long start = System.nanoTime();
            ModelSpec chosen = chosen(spec, split);
            double choosing = (System.nanoTime() - start) / 1e9;
            Trained trained = Trained.now(chosen, split.train(), facts, seed, console);
            Evaluation evaluation = evaluating.evaluate(trained.model());
            evaluations.add(evaluation);
            entries.add(new Comparison.Entry(choosing + trained.seconds(), evaluation.report()));
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

    private ModelSpec chosen(ModelSpec spec, Split split) {
        if (!(spec instanceof ModelSpec.Auto)) {
            return spec;
        }
        Choice choice = Chosen.now(split.train(), facts, seed, budget, System.nanoTime(), console);
        new Chosen(choice).say(console);
        return ModelSpec.parse(choice.spec());
    }

    private Set<ModelSpec> specs() {
        Set<ModelSpec> specs = new LinkedHashSet<>();
        specs.add(model);
        specs.addAll(RIVALS);
        if (all) {
            specs.addAll(FAMILIES);
        }
        return specs;
    }
}
