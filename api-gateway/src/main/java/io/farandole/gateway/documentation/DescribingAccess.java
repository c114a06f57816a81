package io.farandole.gateway.documentation;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all addresses have in common, for it stands before them: keys, and how often. */
@Configuration(proxyBeanMethods = false)
class DescribingAccess {

    private static final String BEARER = "bearer";
    private static final String KEY = "key";

    @Bean
    OpenApiCustomizer access() {
        return api -> {
            Components components = api.getComponents();
            components.addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                            .type(SecurityScheme.Type.HTTP)
                            .scheme("bearer")
                            .description(
                                    "A key that farandole keys create has made; where one is"
                                            + " configured, a token of an OpenID Connect"
                                            + " provider."));
            components.addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                            .type(SecurityScheme.Type.APIKEY)
                            .in(SecurityScheme.In.HEADER)
                            .name("X-Api-Key")
                            .description("The same key."));
            api.addSecurityItem(new SecurityRequirement().addList(BEARER));
            api.addSecurityItem(new SecurityRequirement().addList(KEY));
            operations(api);
        };
    }

    private static void operations(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(DescribingAccess::describe);
    }

    private static void describe(Operation operation) {
        operation
                .getResponses()
                .addApiResponse("401", problem("There is no key or token, or none that is taken"))
                .addApiResponse("403", problem("The key or token has not the role that this needs"))
                .addApiResponse(
                        "429",
                        problem("The key or subject has asked too often this second")
                                .addHeaderObject(
                                        "Retry-After", new Header().schema(new IntegerSchema())));
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse()
                .description(description)
                .content(
                        new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType()
                                                .schema(
                                                        new Schema<>()
                                                                .$ref(
                                                                        "#/components/schemas/Problem"))));
    }
}
