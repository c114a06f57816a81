package io.farandole.gateway.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** A stage that an answer did without. */
@Schema(description = "A stage that the answer did without, and why.")
public record Skipped(
        @Schema(example = "lists") String stage,
        @Schema(
                        description =
                                "deadline: it did not come in time; outage: it failed;"
                                        + " breaker-open: it had failed so often just now that it"
                                        + " was not tried.",
                        type = "string",
                        allowableValues = {"deadline", "outage", "breaker-open"})
                Reason reason) {

    /** Why it did without. */
    public enum Reason {
        DEADLINE,
        OUTAGE,
        BREAKER_OPEN;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
