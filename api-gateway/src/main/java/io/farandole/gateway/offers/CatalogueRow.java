package io.farandole.gateway.offers;

import io.farandole.gateway.items.ItemRow;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An offer's row in the catalogue, and its item's. */
record CatalogueRow(KeptOffer offer, KeptItem item) {

    /** Of {@code catalogue.offers} as {@code o}, with the items as {@code i}, of what is served. */
    static final String SELECT =
            """
            select o.key as offer,
                   o.value::text as told,
                   i.key as item,
                   i.value ->> 'title' as title,
                   (i.value -> 'categories')::text as categories,
                   (i.value -> 'told')::text as item_told
            from catalogue.offers o
            join catalogue.items i on i.generation = o.generation and i.key = o.value ->> 'item'
            where o.generation = (select g.id from streams.generation g
                                  where g.processor = 'catalogue' and g.phase = 'ACTIVE')
            """;

    static CatalogueRow of(Readable row, JsonMapper json) {
        String item = ItemRow.required(row, "item");
        return new CatalogueRow(
                KeptOffer.kept(
                        ItemRow.required(row, "offer"),
                        item,
                        json.readTree(ItemRow.required(row, "told"))),
                KeptItem.kept(
                        item,
                        row.get("title", String.class),
                        ItemRow.categories(row, json),
                        tree(row.get("item_told", String.class), json)));
    }

    private static JsonNode tree(@Nullable String text, JsonMapper json) {
        return text == null ? json.nullNode() : json.readTree(text);
    }
}
