package io.farandole.gateway.similar;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.calls.Skipped;
import io.farandole.gateway.explaining.Explanation;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.playlists.Applied;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is similar to an offer, and where that comes from. */
@Schema(description = "What is similar to an offer's item, most similar first, without that item.")
record SimilarOffers(
        @Schema(example = "movie-1") String offer,
        @Schema(description = "Whose offer it is.", example = "movie-1") String item,
        List<Recommended> similar,
        Params params,
        @Schema(description = "With explain=true.") @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable Explanation explanation) {

    SimilarOffers(String offer, String item, List<Recommended> similar, Params params) {
        this(offer, item, similar, params, null);
    }

    /** The same, with how it came about, and what that had to do without. */
    SimilarOffers explained(Explanation how, Call call) {
        return new SimilarOffers(
                offer,
                item,
                similar,
                new Params(
                        params.origin(),
                        params.release(),
                        params.model(),
                        params.scenario(),
                        call.skips().all(),
                        params.callId()),
                how);
    }

    /** The same, as a scenario has it. */
    SimilarOffers with(List<Recommended> arranged, @Nullable Applied applied) {
        Origin origin = arranged.isEmpty() ? Origin.NONE : params.origin();
        return new SimilarOffers(
                offer,
                item,
                arranged,
                new Params(
                        origin,
                        params.release(),
                        params.model(),
                        applied,
                        params.skipped(),
                        params.callId()));
    }

    /**
     * The same for two answers that show the same. Weak, for the call's id is another each time.
     */
    String tag() {
        int shown =
                similar.stream().map(entry -> entry.item() + entry.offers()).toList().hashCode();
        return "W/\"%s.%s.%08x\"".formatted(params.origin().text(), params.release(), shown);
    }

    /** How the answer came about. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SimilarParams", description = "How the answer came about.")
    record Params(
            @Schema(
                            description =
                                    "model: what the release that is served knows to be similar;"
                                            + " popular: it knows nothing, so what everyone likes of"
                                            + " the same categories; memory: the same, as it was when"
                                            + " it could be read last; none: nothing is known.",
                            type = "string",
                            allowableValues = {"model", "popular", "memory", "none"})
                    Origin origin,
            @Schema(description = "The release that is served.", example = "r1")
                    @Nullable String release,
            @Schema(description = "The release's model.", example = "models/5f2c9a")
                    @Nullable String model,
            @Nullable Applied scenario,
            @Schema(description = "What the answer had to do without; absent if all went well.")
                    @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<Skipped> skipped,
            @Schema(description = "The id of this call, as in the header Call-Id.", format = "uuid")
                    String callId) {}
}
