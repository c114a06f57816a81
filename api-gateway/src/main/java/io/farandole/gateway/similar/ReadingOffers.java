package io.farandole.gateway.similar;

import io.farandole.events.OfferId;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Finds whose offer an offer is, also of one that can no longer be had. */
@Component
class ReadingOffers {

    static final String SELECT =
            """
            select i.key as item,
                   coalesce(i.value ->> 'title', i.key) as title,
                   (i.value -> 'categories')::text as categories
            from catalogue.offers o
            join catalogue.items i on i.generation = o.generation and i.key = o.value ->> 'item'
            where o.generation = (select g.id from streams.generation g
                                  where g.processor = 'catalogue' and g.phase = 'ACTIVE')
              and o.key = :offer
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage stage;

    ReadingOffers(DatabaseClient database, JsonMapper json, Stages stages) {
        this.database = database;
        this.json = json;
        this.stage = stages.needed("offer");
    }

    /** Empty if no item is known to have this offer. */
    Mono<OfferedItem> of(OfferId offer) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("offer", offer.value())
                        .map(
                                row ->
                                        new OfferedItem(
                                                ItemRow.required(row, "item"),
                                                ItemRow.required(row, "title"),
                                                ItemRow.categories(row, json)))
                        .one());
    }
}
