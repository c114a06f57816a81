package io.farandole.gateway.items;

/** The part of SQL that finds an item's offers: what may be shown of them, rules decide. */
public final class Available {

    private static final String ITEM =
            """
            join catalogue.items i
              on i.generation = (select g.id from streams.generation g
                                 where g.processor = 'catalogue' and g.phase = 'ACTIVE')
             and i.key = %s
            """;

    private Available() {}

    /**
     * Joins {@code catalogue.items} as {@code i} to an item's id, and its offers that are not
     * withdrawn as {@code available.offers}; of an item without any that is null.
     */
    public static String listed(String item) {
        return ITEM.formatted(item)
                + """
                cross join lateral (
                  select array_agg(listed.offer order by listed.offer) as offers
                  from jsonb_array_elements_text(i.value -> 'offers') as listed(offer)
                ) available
                """;
    }

    /**
     * The same, of the offers that there are and that are approved and in stock: for what is the
     * same for everyone, and not gone on with where rules leave too little of it.
     */
    public static String join(String item) {
        return ITEM.formatted(item)
                + """
                cross join lateral (
                  select array_agg(o.key order by o.key) as offers
                  from jsonb_array_elements_text(i.value -> 'offers') as listed(offer)
                  join catalogue.offers o on o.generation = i.generation and o.key = listed.offer
                  where not coalesce((o.value ->> 'withdrawn')::boolean, false)
                    and coalesce((o.value ->> 'approved')::boolean, true)
                    and coalesce((o.value ->> 'stock')::int, 1) > 0
                ) available
                """;
    }
}
