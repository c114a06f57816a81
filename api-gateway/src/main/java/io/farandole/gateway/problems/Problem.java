package io.farandole.gateway.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The body of every answer that is not a success. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "RFC 9457 problem details, with a code for programs and a list of flaws.")
public record Problem(
        @Schema(example = "urn:farandole:problem:invalid-parameter") String type,
        @Schema(example = "A parameter is not valid") String title,
        @Schema(example = "400") int status,
        @Schema(example = "limit is 0, not a number from 1 to 100") String detail,
        @Schema(
                        description = "The id of this very call; also in its header and our log.",
                        example = "urn:uuid:5b0e4d9e-3c0c-4d55-9a0e-8f5a4f9a8c1b")
                String instance,
        @Schema(example = "invalid-parameter") String code,
        @Schema(
                        description =
                                "The trace that the call was part of: that of its traceparent, or a"
                                        + " new one.",
                        example = "0af7651916cd43dd8448eb211c80319c")
                String traceId,
        List<Flaw> errors) {

    static Problem of(
            ProblemCode code, String detail, String callId, String traceId, List<Flaw> errors) {
        return new Problem(
                "urn:farandole:problem:" + code.text(),
                code.title(),
                code.status().value(),
                detail,
                "urn:uuid:" + callId,
                code.text(),
                traceId,
                errors);
    }
}
