package io.farandole.processors.deployment;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.recommenders.model.ModelDirectory;
import io.farandole.recommenders.model.TrainedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few questions to a model with the answers that it gives here. */
record Probes(List<Probe> all) {

    static final int K = 10;
    private static final int USERS = 3;

    /**
     * A question.
     *
     * @param history items and how much each counts
     * @param expected the best items, the best first
     */
    record Probe(Map<String, Double> history, List<String> expected) {

        /** One may differ: another processor adds up otherwise, and scores can be all but equal. */
        boolean isAnsweredBy(List<String> items) {
            Set<String> common = new HashSet<>(items);
            common.retainAll(expected);
            return items.size() == expected.size() && common.size() >= expected.size() - 1;
        }
    }

    /** With the first users that it was trained on. */
    static Probes of(ModelDirectory directory, TrainedModel model) {
        Map<String, Map<String, Double>> histories = new LinkedHashMap<>();
        directory.histories().forEach(interaction -> add(interaction, histories));
        List<Probe> probes = new ArrayList<>();
        histories
                .values()
                .forEach(
                        history ->
                                probes.add(new Probe(history, model.fold(history).bestItems(K))));
        return new Probes(List.copyOf(probes));
    }

    private static void add(Interaction interaction, Map<String, Map<String, Double>> histories) {
        Map<String, Double> history = histories.get(interaction.user());
        if (history == null && histories.size() < USERS) {
            history = new LinkedHashMap<>();
            histories.put(interaction.user(), history);
        }
        if (history != null) {
            boolean disliked =
                    interaction.isGraded() && interaction.value() < Interaction.POSITIVE_STARS;
            history.put(interaction.item(), disliked ? Histories.MET : Histories.LIKED);
        }
    }
}
