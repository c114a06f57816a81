package io.farandole.gateway.items;

/** The part of SQL that decides which items can be recommended at all. */
public final class Available {

    private Available() {}

    /**
     * Joins {@code catalogue.items} as {@code i} to an item's id, and its offers that can be had as
     * {@code available.offers}; an item without any is left out.
     */
    public static String join(String item) {
        return """
            join catalogue.items i
              on i.generation = (select g.id from streams.generation g
                                 where g.processor = 'catalogue' and g.phase = 'ACTIVE')
             and i.key = %s
            cross join lateral (
              select array_agg(o.key order by o.key) as offers
              from jsonb_array_elements_text(i.value -> 'offers') as listed(offer)
              join catalogue.offers o on o.generation = i.generation and o.key = listed.offer
              where not coalesce((o.value ->> 'withdrawn')::boolean, false)
                and coalesce((o.value ->> 'approved')::boolean, true)
                and coalesce((o.value ->> 'stock')::int, 1) > 0
            ) available
            """
                .formatted(item);
    }
}
