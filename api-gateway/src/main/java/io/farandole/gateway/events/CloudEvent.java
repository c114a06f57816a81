package io.farandole.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The shape of an event in structured mode, for the API's description alone. */
@Schema(
        description = "An event of CloudEvents 1.0.",
        requiredProperties = {"specversion", "source", "type", "data"})
record CloudEvent(
        @Schema(allowableValues = "1.0") String specversion,
        @Schema(
                        description =
                                "Unique within the source. May be left out only beside the header"
                                        + " Idempotency-Key, from which it then follows.",
                        example = "rating-42-1")
                @Nullable String id,
        @Schema(description = "Who says it.", example = "my-app") String source,
        @Schema(
                        description = "io.farandole.<topic>.<kind>.v1",
                        example = "io.farandole.interactions.rated.v1")
                String type,
        @Schema(description = "When it happened; now, if left out.") @Nullable OffsetDateTime time,
        @Schema(
                        description = "Whom or what it is about; follows from the data.",
                        example = "user:42")
                @Nullable String subject,
        @Schema(allowableValues = "application/json") @Nullable String datacontenttype,
        @Schema(types = "object", description = "The kind's body.") Object data) {}
