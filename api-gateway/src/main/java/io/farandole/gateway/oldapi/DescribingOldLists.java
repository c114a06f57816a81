package io.farandole.gateway.oldapi;

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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a request at the old addresses may say: some of it in the query alone. */
@Configuration(proxyBeanMethods = false)
class DescribingOldLists {

    private static final String BODY = "OldFilters";

    /** {@code user_id} is the one name that nobody wrote otherwise. */
    private static final Said USER =
            said(
                    "user_id",
                    "Whose age, credit and bookings count; -1 for nobody.",
                    StringSchema::new);

    private static final List<Said> OF_THE_CALL =
            List.of(
                    said("token", "Where one is set; or a key.", StringSchema::new),
                    said("latitude", "Where the asker is.", number(-90, 90)),
                    said("longitude", "Where the asker is.", number(-180, 180)),
                    said("internal", "1: no impression is told.", whole(0, 1)));

    private static final List<Said> FILTERS =
            List.of(
                    said(
                            "categories",
                            "Search groups, or an offer's own categories.",
                            DescribingOldLists::texts),
                    said("subcategories", "Any of these.", DescribingOldLists::texts),
                    said("movieType", "One of an offer's categories.", DescribingOldLists::texts),
                    said(
                            "offerTypeLabel",
                            "One of an offer's categories.",
                            DescribingOldLists::texts),
                    said(
                            "offerSubTypeLabel",
                            "One of an offer's categories.",
                            DescribingOldLists::texts),
                    said("macroRayon", "One of an offer's categories.", DescribingOldLists::texts),
                    said("priceMin", "In euros, included.", number(0, Parameters.MOST_EUROS)),
                    said("priceMax", "In euros, included.", number(0, Parameters.MOST_EUROS)),
                    said("startDate", "A day, or a time; excluded.", StringSchema::new),
                    said("beginningDatetime", "The same as startDate.", StringSchema::new),
                    said("endDate", "A day, or a time; excluded.", StringSchema::new),
                    said("endingDatetime", "The same as endDate.", StringSchema::new),
                    said(
                            "isEvent",
                            "Dates are of the event, not of the listing.",
                            BooleanSchema::new),
                    said("offerIsDuo", "For two, or not.", BooleanSchema::new),
                    said("isDuo", "The same as offerIsDuo.", BooleanSchema::new),
                    said("isDigital", "To be had anywhere, or not.", BooleanSchema::new),
                    said("includeNumericals", "false: nothing digital.", BooleanSchema::new),
                    said(
                            "nbRecoDisplay",
                            "How many offers at most; 20, of similar offers 10.",
                            whole(1, Parameters.MOST_OFFERS)),
                    said("recoRadius", "In metres.", whole(1, Parameters.MOST_METRES)),
                    said("isRecoMixed", "Kinds in turn; true.", BooleanSchema::new),
                    said("isRecoShuffled", "By chance before kinds are mixed.", BooleanSchema::new),
                    said("isSortByDistance", "The nearest first.", BooleanSchema::new),
                    said(
                            "mixingFeatures",
                            "By what kinds are told apart; subcategory_id.",
                            one("subcategory_id", "search_group_name", "category")),
                    said("modelName", "Never as for somebody who is new.", StringSchema::new),
                    said("scenario", "New: one that is configured.", StringSchema::new));

    /** Schemas are changed by whoever has them: each place gets its own. */
    private record Said(String name, String description, Supplier<Schema<?>> schema) {}

    @Bean
    OpenApiCustomizer oldParameters() {
        return api -> {
            ObjectSchema body = new ObjectSchema();
            body.description("As in the query; snake_case does as well.");
            FILTERS.forEach(
                    one ->
                            body.addProperty(
                                    one.name(), one.schema().get().description(one.description())));
            api.getComponents().addSchemas(BODY, body);
            describe(api, "/recommendation/{user}", List.of());
            describe(api, "/playlist_recommendation/{user}", List.of());
            describe(api, "/similar_offers/{offer}", List.of(USER));
        };
    }

    private static void describe(OpenAPI api, String path, List<Said> more) {
        PathItem item =
                Objects.requireNonNull(api.getPaths().get(path), () -> path + " is not there");
        List<Said> ofTheCall = new ArrayList<>(OF_THE_CALL);
        ofTheCall.addAll(more);
        item.readOperations()
                .forEach(
                        operation ->
                                ofTheCall.forEach(
                                        one -> operation.addParametersItem(parameter(one))));
        FILTERS.forEach(one -> item.getGet().addParametersItem(parameter(one)));
        DescribingBody.of(item.getPost(), BODY);
    }

    private static Parameter parameter(Said one) {
        return new QueryParameter()
                .name(one.name())
                .description(one.description())
                .schema(one.schema().get());
    }

    private static Said said(String name, String description, Supplier<Schema<?>> schema) {
        return new Said(name, description, schema);
    }

    private static Schema<?> texts() {
        return new ArraySchema().items(new StringSchema());
    }

    private static Supplier<Schema<?>> whole(int from, int to) {
        return () ->
                new IntegerSchema()
                        .minimum(BigDecimal.valueOf(from))
                        .maximum(BigDecimal.valueOf(to));
    }

    private static Supplier<Schema<?>> number(int from, int to) {
        return () ->
                new NumberSchema()
                        .minimum(BigDecimal.valueOf(from))
                        .maximum(BigDecimal.valueOf(to));
    }

    private static Supplier<Schema<?>> one(String... values) {
        return () -> {
            StringSchema schema = new StringSchema();
            schema.setEnum(List.of(values));
            return schema;
        };
    }
}
