package io.farandole.gateway.items;

import io.r2dbc.spi.Readable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a row that has {@link #COLUMNS}, and beside them {@code item} and {@code score}. */
public final class ItemRow {

    /** Of {@link Available}. */
    public static final String COLUMNS =
            """
            coalesce(i.value ->> 'title', i.key) as title,
            (i.value -> 'categories')::text as categories,
            available.offers as offers
            """;

    private ItemRow() {}

    /**
     * The item as an answer shows it.
     *
     * @throws IllegalStateException if the row has not what every such row must have
     */
    public static Recommended recommended(Readable row, JsonMapper json, Why why) {
        return new Recommended(
                required(row, "item"),
                texts(row, "offers"),
                required(row, "title"),
                categories(row, json),
                Objects.requireNonNull(row.get("score", Double.class)),
                why);
    }

    /** A text that must be there. */
    public static String required(Readable row, String column) {
        String value = row.get(column, String.class);
        if (value == null) {
            throw new IllegalStateException("a row has no " + column);
        }
        return value;
    }

    /** An array of texts; empty if there is none. */
    public static List<String> texts(Readable row, String column) {
        String[] values = row.get(column, String[].class);
        return values == null ? List.of() : Arrays.asList(values);
    }

    public static List<String> categories(Readable row, JsonMapper json) {
        String categories = row.get("categories", String.class);
        return categories == null ? List.of() : names(json.readTree(categories));
    }

    /** The texts of a list in JSON, those that say something. */
    static List<String> names(JsonNode list) {
        return list.valueStream()
                .map(name -> name.asString(""))
                .filter(name -> !name.isBlank())
                .toList();
    }
}
