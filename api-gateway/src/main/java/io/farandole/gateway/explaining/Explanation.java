package io.farandole.gateway.explaining;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.Cause;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came about.
 *
 * @param release absent when nothing of it came from one
 * @param items in the order in which they are shown
 * @param removedBy rules that kept something back, and how many offers each
 * @param notKnown what belongs here and is not known, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "How the answer came about, as far as that is known.")
public record Explanation(
        @Nullable ReleaseFacts release,
        List<ExplainedItem> items,
        @Schema(
                        description =
                                "The rules that kept back what came before the last that is shown, and"
                                        + " how many offers each.",
                        example = "{\"old-enough\": 2}")
                Map<String, Integer> removedBy,
        @Schema(description = "What belongs here and is not known.") List<String> notKnown) {

    /** The release that a list or similarity is of. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "The release, the run that made it, and the data that it learnt from.")
    public record ReleaseFacts(
            @Schema(example = "r1") String release,
            @Nullable String run,
            @Nullable String model,
            @Schema(example = "ease:lambda=200") @Nullable String spec,
            @Schema(description = "Of the data set that its model was trained on.")
                    @Nullable String dataFingerprint) {}

    /** Why one item is there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Why one item is there.")
    public record ExplainedItem(
            String item,
            @Schema(
                            description =
                                    "model, taste, named (at the start), similar, popular,"
                                            + " trending, or memory.",
                            example = "model")
                    String source,
            @Schema(description = "Absent where the source has none.") @Nullable ScoreParts score,
            @Schema(description = "What the user did that speaks for it, the latest first.")
                    List<Act> acts) {}

    /** What a score is made of. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "What a score is made of, as whoever made the list says it.")
    public record ScoreParts(
            double total,
            @Schema(description = "Liked items that spoke for it most, strongest first.")
                    List<String> because,
            @Schema(description = "Liked categories that spoke for it, strongest first.")
                    List<String> categories,
            @Schema(description = "Its place by popularity alone.")
                    @Nullable Integer popularityRank) {}

    /** Something that a user did. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Something that the user did, and the event that told of it.")
    public record Act(
            String item,
            @Schema(example = "rated") String kind,
            @Schema(description = "Stars, of a rating.") @Nullable Double value,
            Instant at,
            Cause event) {}
}
