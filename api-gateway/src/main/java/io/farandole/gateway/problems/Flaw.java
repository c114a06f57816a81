package io.farandole.gateway.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a request.
 *
 * @param index which event of the request, from 0; absent when the request as a whole is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One thing that is wrong in the request.")
public record Flaw(
        @Schema(description = "Which event of the request, from 0.", example = "3")
                @Nullable Integer index,
        @Schema(
                        description =
                                "Where: a parameter's name, a header, or a JSONPath in the body.",
                        example = "$[3].data.value")
                String place,
        @Schema(example = "is 7.0, not between 0.5 and 5.0") String reason) {

    public Flaw(String place, String reason) {
        this(null, place, reason);
    }
}
