package io.farandole.gateway.playlists;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What there was to choose from, and how it was chosen: for whoever learns from what was shown.
 *
 * @param candidates how many items might have been shown
 * @param scores of the items that whoever made the list scored; asked for beside the answer
 * @param from the place of the first of them, from 1
 * @param context the names of what was asked for
 * @param propensities how likely each of what is shown was to come in its place; none where all
 *     were certain
 * @param applied what a scenario did; null without one
 */
record Choice(
        int candidates,
        Supplier<Map<String, Double>> scores,
        int from,
        List<String> context,
        List<Double> propensities,
        @Nullable Applied applied) {

    static final Choice NONE = new Choice(0, Map::of, 1, List.of(), List.of(), null);

    /** The same, for what is shown in the end. */
    Choice shown(List<Double> likely, @Nullable Applied scenario) {
        return new Choice(candidates, scores, from, context, likely, scenario);
    }
}
