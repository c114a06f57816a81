package io.farandole.client;

import io.farandole.client.Recommendations.Recommended;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is similar to an offer's item, most similar first, without that item. */
public record SimilarOffers(
        String offer, String item, List<Recommended> similar, SimilarParams params) {

    /** How the answer came about. */
    public record SimilarParams(
            String origin,
            @Nullable String release,
            @Nullable String model,
            PlaylistAnswer.@Nullable AppliedScenario scenario,
            String callId) {}
}
