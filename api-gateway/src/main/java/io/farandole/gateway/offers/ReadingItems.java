package io.farandole.gateway.offers;

import io.farandole.events.ItemId;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the catalogue has of single items and offers. */
@Component
class ReadingItems {

    static final String SELECT =
            """
            select i.key as item,
                   coalesce(i.value ->> 'title', i.key) as title,
                   (i.value -> 'categories')::text as categories,
                   array(select jsonb_array_elements_text(i.value -> 'offers')) as offers
            from catalogue.items i
            where i.generation = (select g.id from streams.generation g
                                  where g.processor = 'catalogue' and g.phase = 'ACTIVE')
              and i.key = :item
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Offers offers;
    private final Stage stage;

    ReadingItems(DatabaseClient database, JsonMapper json, Offers offers, Stages stages) {
        this.database = database;
        this.json = json;
        this.offers = offers;
        this.stage = stages.needed("item");
    }

    /** Empty if nobody knows it. */
    Mono<KnownOffer> offer(String offer) {
        return offers.now(List.of(offer)).mapNotNull(all -> all.get(offer)).map(KnownOffer::of);
    }

    /** Empty if nobody knows it. */
    Mono<KnownItem> item(ItemId item) {
        return stage.hold(
                        database.sql(SELECT)
                                .bind("item", item.value())
                                .map(this::row)
                                .one()
                                // Before the catalogue's first start there is none.
                                .onErrorResume(Missing::isMissing, _ -> Mono.empty()))
                .flatMap(this::withOffers);
    }

    private record Row(String item, String title, List<String> categories, List<String> offers) {}

    private Row row(Readable row) {
        return new Row(
                ItemRow.required(row, "item"),
                ItemRow.required(row, "title"),
                ItemRow.categories(row, json),
                ItemRow.texts(row, "offers"));
    }

    private Mono<KnownItem> withOffers(Row row) {
        return offers.now(row.offers())
                .map(
                        now ->
                                new KnownItem(
                                        row.item(),
                                        row.title(),
                                        row.categories(),
                                        row.offers().stream()
                                                .map(now::get)
                                                .filter(Objects::nonNull)
                                                .map(KnownOffer::of)
                                                .toList()));
    }
}
