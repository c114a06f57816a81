package io.farandole.recommenders.training;

import io.farandole.recommenders.dataset.Histories;
import io.farandole.recommenders.model.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decayed counts of likes: 0.5^(age / half-life) each, the age being counted from the latest. */
final class TrainingPopularity {

    private TrainingPopularity() {}

    /** As parts of the most popular item's, 0 to 1, in the order of the items' numbers. */
    static float[] train(Histories histories, String[] items, ModelSpec.Popularity spec) {
        Instant[] latest = {Instant.MIN};
        histories.forEachLike((_, at) -> latest[0] = at.isAfter(latest[0]) ? at : latest[0]);
        Map<String, Double> counts = new HashMap<>();
        histories.forEachLike(
                (item, at) ->
                        counts.merge(item, weight(at, latest[0], spec.halfLife()), Double::sum));
        double most = counts.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        float[] popularity = new float[items.length];
        for (int item = 0; item < items.length; item++) {
            popularity[item] = (float) (counts.getOrDefault(items[item], 0.0) / most);
        }
        return popularity;
    }

    // StrictMath, so that the same events give the same scores on every machine.
    private static double weight(Instant at, Instant latest, @Nullable Duration halfLife) {
        return halfLife == null
                ? 1
                : StrictMath.pow(
                        0.5,
                        (double) Duration.between(at, latest).toMillis() / halfLife.toMillis());
    }
}
