package io.farandole.gateway.recommendations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.Cause;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user is recommended, and where it comes from. */
@Schema(description = "What a user is recommended, best first, and where it comes from.")
record Recommendations(
        @Schema(example = "42") String user, List<Recommended> recommendations, Params params) {

    /**
     * The same for two answers that show the same: of one version of the list, with the same offers
     * of the same items. Weak, for the call's id is another each time.
     */
    String tag() {
        int shown = recommendations.stream().map(e -> e.item() + e.offers()).toList().hashCode();
        return "W/\"%s.%s.%s.%08x\""
                .formatted(params.origin().text(), params.release(), params.listVersion(), shown);
    }

    /**
     * How the answer came about.
     *
     * @param release what the list was made in; absent when it is not the user's own
     * @param model what the list was made by; absent unless that was a model
     * @param causedBy the source event that the list was last rewritten for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "How the answer came about.")
    record Params(
            @Schema(
                            description =
                                    "model: the user's own list, by a trained model; taste: the user's"
                                            + " own list, before there is a model, or while it knows"
                                            + " nothing of what the user did; popular: there is none,"
                                            + " so what everyone likes; none: nothing is known yet.",
                            type = "string",
                            allowableValues = {"model", "taste", "popular", "none"})
                    Origin origin,
            @Schema(
                            description =
                                    "The release that the user's own list is of; taste, before there"
                                            + " is a model.",
                            example = "r1")
                    @Nullable String release,
            @Schema(description = "The release's model.", example = "models/5f2c9a")
                    @Nullable String model,
            @Schema(
                            description = "Goes up with every change of the list within a release.",
                            example = "7")
                    @Nullable Long listVersion,
            @Schema(description = "The source event that the list was last rewritten for.")
                    @Nullable Cause causedBy,
            @Schema(description = "As of when: for the user's own list, the time of that event.")
                    @Nullable Instant refreshedAt,
            @Schema(description = "The id of this call, as in the header Call-Id.", format = "uuid")
                    String callId) {}
}
