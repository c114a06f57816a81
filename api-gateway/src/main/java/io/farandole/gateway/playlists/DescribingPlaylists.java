package io.farandole.gateway.playlists;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a request for a playlist may say, in the query or in a body: the same names in both. */
@Configuration(proxyBeanMethods = false)
class DescribingPlaylists {

    private static final String BODY = "PlaylistWish";

    private static final List<Wished> ALL =
            List.of(
                    wished("limit", "How many offers at most; 20.", () -> whole(1, 100)),
                    wished("after", "The `next` of the page before.", StringSchema::new),
                    wished("offers", "What it is to be like.", DescribingPlaylists::texts),
                    wished("categories", "Any of an offer's own.", DescribingPlaylists::texts),
                    wished("subcategories", "Finer.", DescribingPlaylists::texts),
                    wished("searchGroups", "Or categories.", DescribingPlaylists::texts),
                    wished("priceMinCents", "Included.", () -> whole(0, 100_000_000)),
                    wished("priceMaxCents", "Included.", () -> whole(0, 100_000_000)),
                    wished("startsAfter", "A day, or a time; excluded.", StringSchema::new),
                    wished("startsBefore", "A day, or a time; excluded.", StringSchema::new),
                    wished("digital", "To be had anywhere, or not.", BooleanSchema::new),
                    wished("duo", "For two, or not.", BooleanSchema::new),
                    wished("latitude", "Where the asker is.", () -> number(-90, 90)),
                    wished("longitude", "Where the asker is.", () -> number(-180, 180)),
                    wished("radius", "In metres.", () -> whole(1, 20_100_000)),
                    wished(
                            "mixedBy",
                            "One of each in turn; subcategory.",
                            () -> one("subcategory", "searchGroup", "category", "none")),
                    wished("sort", "best, if left out.", () -> one("best", "distance")),
                    wished("zone", "One of the zones' file.", StringSchema::new),
                    wished("explain", "With how it came about.", BooleanSchema::new),
                    wished("scenario", "One that is configured.", StringSchema::new));

    /** Schemas are changed by whoever has them: each place gets its own. */
    private record Wished(String name, String description, Supplier<Schema<?>> schema) {}

    @Bean
    OpenApiCustomizer playlistParameters() {
        return api -> {
            ObjectSchema body = new ObjectSchema();
            body.description("What is wished, as in the query.");
            ALL.forEach(
                    one ->
                            body.addProperty(
                                    one.name(), one.schema().get().description(one.description())));
            api.getComponents().addSchemas(BODY, body);
            describe(api, "/v1/users/{id}/playlists");
            describe(api, "/v1/playlists");
        };
    }

    private static void describe(OpenAPI api, String path) {
        PathItem item =
                Objects.requireNonNull(api.getPaths().get(path), () -> path + " is not there");
        ALL.forEach(one -> item.getGet().addParametersItem(parameter(one)));
        item.getPost()
                .requestBody(
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
                                                                                                + BODY)))));
    }

    private static Parameter parameter(Wished one) {
        return new QueryParameter()
                .name(one.name())
                .description(one.description())
                .schema(one.schema().get());
    }

    private static Wished wished(String name, String description, Supplier<Schema<?>> schema) {
        return new Wished(name, description, schema);
    }

    private static Schema<?> whole(int from, int to) {
        return new IntegerSchema()
                .minimum(BigDecimal.valueOf(from))
                .maximum(BigDecimal.valueOf(to));
    }

    private static Schema<?> number(int from, int to) {
        return new NumberSchema().minimum(BigDecimal.valueOf(from)).maximum(BigDecimal.valueOf(to));
    }

    private static Schema<?> texts() {
        return new ArraySchema().items(new StringSchema());
    }

    private static Schema<?> one(String... values) {
        StringSchema schema = new StringSchema();
        schema.setEnum(List.of(values));
        return schema;
    }
}
