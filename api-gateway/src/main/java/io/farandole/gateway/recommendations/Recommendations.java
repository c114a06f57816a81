package io.farandole.gateway.recommendations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.events.Cause;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skipped;
import io.farandole.gateway.explaining.Explanation;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.playlists.Applied;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user is recommended, and where it comes from. */
@Schema(description = "What a user is recommended, best first, and where it comes from.")
record Recommendations(
        @Schema(example = "42") String user,
        List<Recommended> recommendations,
        Params params,
        @Schema(description = "With explain=true.") @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable Explanation explanation) {

    Recommendations(String user, List<Recommended> recommendations, Params params) {
        this(user, recommendations, params, null);
    }

    Recommendations explained(Explanation how, Call call) {
        return new Recommendations(user, recommendations, params.with(call), how);
    }

    /**
     * The same for two answers that show the same: of one version of the list, with the same offers
     * of the same items. Weak, for the call's id is another each time.
     */
    String tag() {
        return "W/\"" + version() + "\"";
    }

    /** What {@link #tag} says, by itself. */
    String version() {
        int shown = recommendations.stream().map(e -> e.item() + e.offers()).toList().hashCode();
        return "%s.%s.%s.%08x"
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
                                            + " so what everyone likes; memory: the same, as it was when it could"
                                            + " be read last; none: nothing is known yet.",
                            type = "string",
                            allowableValues = {"model", "taste", "popular", "memory", "none"})
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
            @Nullable Applied scenario,
            @Schema(description = "What the answer had to do without; absent if all went well.")
                    @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<Skipped> skipped,
            @Schema(description = "The id of this call, as in the header Call-Id.", format = "uuid")
                    String callId) {

        /** The same, with all that was skipped until now. */
        Params with(Call call) {
            return with(origin, scenario, call.skips().all());
        }

        /** The same, for a scenario. */
        Params with(@Nullable Applied applied) {
            return with(origin, applied, skipped);
        }

        /** The same, of an answer without anything. */
        Params ofNothing() {
            return with(Origin.NONE, scenario, skipped);
        }

        private Params with(Origin from, @Nullable Applied applied, List<Skipped> without) {
            return new Params(
                    from,
                    release,
                    model,
                    listVersion,
                    causedBy,
                    refreshedAt,
                    applied,
                    without,
                    callId);
        }
    }
}
