package io.farandole.gateway.offers;

import io.farandole.gateway.items.ItemRow;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an offer's facts from its row in the catalogue, and its item's. */
final class OfferRow {

    /** Of {@code catalogue.offers} as {@code o}, with the items as {@code i}. */
    static final String SELECT =
            """
            select o.key as offer,
                   i.key as item,
                   coalesce(o.value ->> 'title', i.value ->> 'title', o.key) as title,
                   (i.value -> 'categories')::text as categories,
                   (o.value ->> 'priceCents')::int as price,
                   coalesce((o.value ->> 'digital')::boolean, false) as digital,
                   (o.value ->> 'stock')::int as stock,
                   o.value ->> 'startsAt' as starts_at,
                   o.value -> 'listed' ->> 0 as listed_at,
                   not coalesce((o.value ->> 'withdrawn')::boolean, false)
                     and coalesce((o.value ->> 'approved')::boolean, true) as active,
                   (o.value -> 'details')::text as details,
            """
                    + ReadOffer.Written.COLUMNS
                    + """
                    from catalogue.offers o
                    join catalogue.items i
                      on i.generation = o.generation and i.key = o.value ->> 'item'
                    """;

    /** Of the generation that is served. */
    static final String SERVED =
            """
            where o.generation = (select g.id from streams.generation g
                                  where g.processor = 'catalogue' and g.phase = 'ACTIVE')
            """;

    /** Those of some offers, of these items, that are not as they were written then. */
    static final String CHANGED =
            """
            select these.offer as offer
            from unnest(:offers, :items, :offerswritten, :itemswritten)
              as these(offer, item, offer_written, item_written)
            left join lateral (
              select true as same
              from catalogue.offers o
              join catalogue.items i on i.generation = o.generation and i.key = these.item
            """
                    + SERVED
                    + """
                      and o.generation = :generation and o.key = these.offer
                      and o.xmin::text::bigint = these.offer_written
                      and i.xmin::text::bigint = these.item_written
                    limit 1) found on true
                    where found.same is null
                    """;

    private OfferRow() {}

    static ReadOffer read(Readable row, JsonMapper json) {
        return new ReadOffer(facts(row, json), ReadOffer.Written.in(row));
    }

    private static OfferFacts facts(Readable row, JsonMapper json) {
        String told = row.get("details", String.class);
        JsonNode details = told == null ? json.createObjectNode() : json.readTree(told);
        return new OfferFacts(
                ItemRow.required(row, "offer"),
                ItemRow.required(row, "item"),
                ItemRow.required(row, "title"),
                Boolean.TRUE.equals(row.get("active", Boolean.class)),
                ItemRow.categories(row, json),
                text(details, "subcategory"),
                text(details, "searchGroup"),
                // Listed, or it had no item; and what is listed has a price.
                Objects.requireNonNull(row.get("price", Integer.class)),
                details.hasNonNull("minimumAge") ? details.path("minimumAge").asInt() : null,
                Boolean.TRUE.equals(row.get("digital", Boolean.class)),
                details.path("duo").asBoolean(false),
                row.get("stock", Integer.class),
                instant(text(details, "bookableUntil")),
                instant(row.get("starts_at", String.class)),
                instant(row.get("listed_at", String.class)),
                position(details));
    }

    private static @Nullable Position position(JsonNode details) {
        return details.hasNonNull("latitude") && details.hasNonNull("longitude")
                ? new Position(
                        details.path("latitude").asDouble(), details.path("longitude").asDouble())
                : null;
    }

    private static @Nullable String text(JsonNode details, String name) {
        return details.hasNonNull(name) ? details.path(name).asString() : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
