package io.farandole.gateway.recommendations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.farandole.events.Cause;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a user is recommended, and where it comes from. */
@Schema(description = "What a user is recommended, best first, and where it comes from.")
record Recommendations(
        @Schema(example = "42") String user, List<Recommended> recommendations, Params params) {

    /** The answer's origin, from the best that there can be to the least. */
    enum Origin {
        TASTE,
        POPULAR,
        NONE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How the answer came about.
     *
     * @param causedBy the source event that the list was last rewritten for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "How the answer came about.")
    record Params(
            @Schema(
                            description =
                                    "taste: the user's own list; popular: there is none, so what everyone"
                                            + " likes; none: nothing is known yet.",
                            type = "string",
                            allowableValues = {"taste", "popular", "none"})
                    Origin origin,
            @Schema(description = "Goes up with every change of the list.", example = "7")
                    @Nullable Long listVersion,
            @Schema(description = "The source event that the list was last rewritten for.")
                    @Nullable Cause causedBy,
            @Schema(description = "As of when: for taste, the time of that event.")
                    @Nullable Instant refreshedAt,
            @Schema(description = "The id of this call, as in the header Call-Id.", format = "uuid")
                    String callId) {}
}
