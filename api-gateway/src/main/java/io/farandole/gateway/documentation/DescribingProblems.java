package io.farandole.gateway.documentation;

import io.farandole.gateway.problems.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What all answers that are no success have in common: their form, and that an address can always
 * give those that are about any request.
 */
@Configuration(proxyBeanMethods = false)
class DescribingProblems {

    private static final String RETRY_AFTER = "Retry-After";
    private static final Set<String> WITH_RETRY_AFTER = Set.of("429", "503");

    /** Whoever asks these asks for nothing that could be wrong, or be missing. */
    private static final Set<String> ALWAYS_THERE = Set.of("/", "/check");

    /** Whoever shows nothing, or the wrong token, is told as the old API told it. */
    private static final Set<String> OLD_LISTS =
            Set.of(
                    "/recommendation/{user}",
                    "/playlist_recommendation/{user}",
                    "/similar_offers/{offer}");

    /** Behind the others of this package, which add such answers too. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    OpenApiCustomizer problems() {
        return DescribingProblems::describe;
    }

    private static void describe(OpenAPI api) {
        ModelConverters.getInstance(true)
                .readAll(Problem.class)
                .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
        api.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperations()
                                        .forEach(operation -> describe(path, operation)));
    }

    private static void describe(String path, Operation operation) {
        ApiResponses responses = operation.getResponses();
        if (!ALWAYS_THERE.contains(path)) {
            responses.putIfAbsent("503", said("Postgres does not answer in time"));
        }
        if (!ALWAYS_THERE.contains(path) && !path.startsWith("/health/")) {
            responses.putIfAbsent("400", said("A parameter is not valid; `errors` names it"));
        }
        responses.forEach(
                (status, response) -> {
                    if (status.startsWith("4") || status.startsWith("5")) {
                        response.setContent(problem());
                    }
                    if (status.equals("403") && OLD_LISTS.contains(path)) {
                        response.getContent()
                                .addMediaType(
                                        "text/plain", new MediaType().schema(new StringSchema()));
                    }
                    if (WITH_RETRY_AFTER.contains(status)) {
                        response.addHeaderObject(
                                RETRY_AFTER, new Header().schema(new IntegerSchema()));
                    }
                });
    }

    private static ApiResponse said(String description) {
        return new ApiResponse().description(description);
    }

    static Content problem() {
        return new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")));
    }
}
