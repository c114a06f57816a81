package io.farandole.gateway.documentation;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** What all addresses have in common that read filters from a body. */
public final class DescribingBody {

    private DescribingBody() {}

    /** Adds the body, and the answers that are about it. */
    public static void of(Operation operation, String schema) {
        operation.setRequestBody(
                new RequestBody()
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/json",
                                                new MediaType()
                                                        .schema(
                                                                new Schema<>()
                                                                        .$ref(
                                                                                "#/components/schemas/"
                                                                                        + schema)))));
        refused(operation, "413", "The body is too large");
        refused(operation, "415", "The body is in a form that is not read here");
    }

    private static void refused(Operation operation, String status, String why) {
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse().description(why).content(DescribingProblems.problem()));
    }
}
