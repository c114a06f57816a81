package io.farandole.processors.gate;

import io.farandole.events.TrainingEvent.Evaluated;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of a run's candidates.
 *
 * @param wanted how many there are
 * @param measured by number
 */
record Candidates(String run, int wanted, SortedMap<Integer, Evaluated> measured) {

    static Candidates none(Evaluated first) {
        return new Candidates(first.run().value(), first.candidates(), new TreeMap<>());
    }

    Candidates and(Evaluated evaluated) {
        SortedMap<Integer, Evaluated> all = new TreeMap<>(measured);
        all.put(evaluated.candidate(), evaluated);
        return new Candidates(run, wanted, all);
    }

    boolean areComplete() {
        return measured.size() == wanted;
    }

    /** The one with the greatest NDCG@10; of equal ones the first. */
    Evaluated best() {
        return measured.values().stream()
                .max(
                        Comparator.comparingDouble(Evaluated::ndcg10)
                                .thenComparing(
                                        Comparator.comparingInt(Evaluated::candidate).reversed()))
                .orElseThrow();
    }
}
