package io.farandole.gateway.playlists;

import io.farandole.gateway.documentation.DescribingBody;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
                    mixedBy("One of each in turn; subcategory."),
                    wished("sort", "best, if left out.", () -> one("best", "distance")),
                    wished("zone", "One of the zones' file.", StringSchema::new),
                    wished("explain", "With how it came about.", BooleanSchema::new),
                    wished("scenario", "One that is configured.", StringSchema::new));

    /** What everyone likes is in one order, unless it is said otherwise. */
    private static final List<Wished> OF_WHAT_EVERYONE_LIKES =
            Stream.concat(
                            without("offers", "mixedBy").stream(),
                            Stream.of(mixedBy("One of each in turn; none.")))
                    .toList();

    /** A place in it is told of the whole list, however long a page is. */
    private static final List<Wished> WHAT_A_LIST_IS_ASKED_FOR_WITH =
            without("offers", "limit", "after", "explain", "mixedBy", "sort");

    private static final List<String> WITH_A_TAG =
            List.of("/v1/users/{id}/playlists", "/v1/playlists", "/v1/popular", "/v1/trending");

    private static final Wished USER =
            wished("user", "Whose age, credit and bookings count.", StringSchema::new);

    private static List<Wished> without(String... names) {
        return ALL.stream().filter(one -> !List.of(names).contains(one.name())).toList();
    }

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
            add(api, "/v1/popular", OF_WHAT_EVERYONE_LIKES);
            add(api, "/v1/popular", List.of(USER, window("all")));
            add(api, "/v1/trending", OF_WHAT_EVERYONE_LIKES);
            add(api, "/v1/trending", List.of(USER, window(null)));
            add(api, "/v1/users/{id}/why-not/{offer}", WHAT_A_LIST_IS_ASKED_FOR_WITH);
            WITH_A_TAG.forEach(path -> unlessKnown(path(api, path)));
        };
    }

    private static void add(OpenAPI api, String path, List<Wished> names) {
        PathItem item = path(api, path);
        names.forEach(one -> item.getGet().addParametersItem(parameter(one)));
    }

    private static void unlessKnown(PathItem item) {
        item.getGet()
                .getResponses()
                .addApiResponse(
                        "304",
                        new ApiResponse()
                                .description("It is as it was for the ETag in If-None-Match"));
    }

    private static PathItem path(OpenAPI api, String path) {
        return Objects.requireNonNull(api.getPaths().get(path), () -> path + " is not there");
    }

    /**
     * @param first what there is before the windows
     */
    private static Wished window(@Nullable String first) {
        List<String> windows = new ArrayList<>();
        if (first != null) {
            windows.add(first);
        }
        for (int n = 1; n <= ReadingTrends.MOST_WINDOWS; n++) {
            windows.add(n * ReadingTrends.WINDOW + "d");
        }
        return wished(
                "window",
                "What was liked in the last so many days; " + windows.getFirst() + ".",
                () -> one(windows.toArray(String[]::new)));
    }

    private static void describe(OpenAPI api, String path) {
        PathItem item = path(api, path);
        ALL.forEach(one -> item.getGet().addParametersItem(parameter(one)));
        DescribingBody.of(item.getPost(), BODY);
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

    private static Wished mixedBy(String description) {
        return wished(
                "mixedBy",
                description,
                () -> one("subcategory", "searchGroup", "category", "none"));
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
