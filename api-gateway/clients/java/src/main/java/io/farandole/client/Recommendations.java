package io.farandole.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user is recommended, best first, and where it comes from. */
public record Recommendations(String user, List<Recommended> recommendations, Params params) {

    /** An item, with the offers of it that can be had now, the best to show first. */
    public record Recommended(
            String item,
            List<String> offers,
            String title,
            List<String> categories,
            double score,
            Why why) {}

    /** A sentence for people, the parts for programs. */
    public record Why(String sentence, Map<String, Object> parts) {}

    /** How the answer came about. */
    public record Params(
            String origin,
            @Nullable String release,
            @Nullable String model,
            @Nullable Long listVersion,
            @Nullable Cause causedBy,
            @Nullable Instant refreshedAt,
            PlaylistAnswer.@Nullable AppliedScenario scenario,
            String callId) {}

    /** The source event that a list was last rewritten for. */
    public record Cause(String source, String id) {}
}
