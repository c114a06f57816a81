package io.farandole.processors.catalogue;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;

/** Keeps every item and every offer as last told. */
final class Catalogue {

    static final Store<Item> ITEMS = new Store<>("items", Item.class);
    static final Store<Offer> OFFERS = new Store<>("offers", Offer.class);

    private Catalogue() {}

    static Processor describe() {
        return Processor.named("catalogue")
                .reads(
                        Source.of(
                                TopicCatalogue.CATALOGUE,
                                (message, rows) ->
                                        rows.update(itemRow(message.event()))
                                                .update(offerRow(message.event())),
                                Catalogue::fold))
                .keeps(ITEMS)
                .keeps(OFFERS)
                .build();
    }

    private static Outcome fold(Message<CatalogueEvent> message, Context context) {
        CatalogueEvent event = message.event();
        Told by = Told.by(message);
        Item item = item(event, context);
        Offer offer = offer(event, context);
        switch (event) {
            case CatalogueEvent.OfferListed listed -> {
                context.put(itemRow(event), item.listed(listed, by));
                context.put(offerRow(event), offer.listed(listed, by));
            }
            case CatalogueEvent.OfferWithdrawn _ -> {
                context.put(itemRow(event), item.withdrawn(offer.offer(), by));
                context.put(offerRow(event), offer.withdrawnFrom(item.item(), by));
            }
            case CatalogueEvent.StockChanged changed ->
                    context.put(offerRow(event), offer.stocked(changed.stock(), by));
            case CatalogueEvent.OfferModerated moderated ->
                    context.put(offerRow(event), offer.moderated(moderated, by));
        }
        return Outcome.APPLIED;
    }

    private static Item item(CatalogueEvent event, Context context) {
        Item known = context.get(itemRow(event));
        return known == null ? Item.unknown(event.item().value()) : known;
    }

    private static Offer offer(CatalogueEvent event, Context context) {
        Offer known = context.get(offerRow(event));
        return known == null ? Offer.unknown(event.offer().value()) : known;
    }

    private static Row<Item> itemRow(CatalogueEvent event) {
        return ITEMS.at(event.item().value());
    }

    private static Row<Offer> offerRow(CatalogueEvent event) {
        return OFFERS.at(event.offer().value());
    }
}
