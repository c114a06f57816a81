package io.farandole.processors.ingestion;

import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.CatalogueEvent.OfferModerated;
import io.farandole.events.CatalogueEvent.OfferWithdrawn;
import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.InteractionEvent;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserEvent;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Told;

/**
 * Passes on what producers say as clean facts about our own items. What is about an offer that is
 * not known yet waits for it.
 */
final class Ingestion {

    static final Store<KnownOffer> OFFERS = new Store<>("offers", KnownOffer.class);

    private Ingestion() {}

    static Processor describe(Steps steps, IngestionSettings settings) {
        return Processor.named("ingestion")
                .readsSourceRing()
                .reads(
                        Source.of(TopicCatalogue.USERS, (_, _) -> {}, Ingestion::passOn)
                                .through(steps.names(), steps.users()))
                .reads(
                        Source.of(
                                        TopicCatalogue.OFFERS,
                                        (message, rows) ->
                                                rows.update(row(message.event().offer())),
                                        Ingestion::list)
                                .through(steps.names(), steps.offers()))
                .reads(
                        Source.of(
                                        TopicCatalogue.INTERACTIONS,
                                        (message, rows) -> rows.read(row(message.event().offer())),
                                        Ingestion::resolve)
                                .through(steps.names(), steps.interactions()))
                .keeps(OFFERS)
                .says(TopicCatalogue.ACTIVITY)
                .says(TopicCatalogue.CATALOGUE)
                .setBy(settings)
                .build();
    }

    private static Outcome passOn(Message<UserEvent> message, Context context) {
        context.say(TopicCatalogue.ACTIVITY, Translating.activity(message.event()));
        return Outcome.APPLIED;
    }

    private static Outcome resolve(Message<InteractionEvent> message, Context context) {
        InteractionEvent event = message.event();
        KnownOffer known = context.get(row(event.offer()));
        if (known == null) {
            return unknown(event.offer());
        }
        context.say(TopicCatalogue.ACTIVITY, Translating.activity(event, known.itemId()));
        return Outcome.APPLIED;
    }

    private static Outcome list(Message<OfferEvent> message, Context context) {
        return switch (message.event()) {
            case OfferEvent.Published event -> list(message, Translating.listed(event), context);
            case OfferEvent.Changed event -> list(message, Translating.listed(event), context);
            case OfferEvent.Withdrawn event -> tell(event, context);
            case OfferEvent.StockChanged event -> tell(event, context);
            case OfferEvent.Moderated event -> tell(event, context);
        };
    }

    private static Outcome list(Message<OfferEvent> message, OfferListed listed, Context context) {
        Row<KnownOffer> row = row(listed.offer());
        KnownOffer before = context.get(row);
        KnownOffer now = KnownOffer.of(listed, Told.by(message));
        boolean newer = before == null || now.told().isAfter(before.told());
        if (newer) {
            context.put(row, now);
        }
        context.say(TopicCatalogue.CATALOGUE, listed);
        if (before != null && !before.item().equals(now.item())) {
            leave(newer ? before : now, newer ? now : before, listed.offer(), context);
        }
        return Outcome.APPLIED;
    }

    // An offer whose product is told otherwise belongs to another item from then on.
    private static void leave(KnownOffer old, KnownOffer current, OfferId offer, Context context) {
        context.say(
                TopicCatalogue.CATALOGUE,
                new OfferWithdrawn(old.itemId(), offer),
                current.told().at());
    }

    private static Outcome tell(OfferEvent event, Context context) {
        KnownOffer known = context.get(row(event.offer()));
        if (known == null) {
            return unknown(event.offer());
        }
        switch (event) {
            case OfferEvent.Withdrawn e ->
                    context.say(
                            TopicCatalogue.CATALOGUE,
                            new OfferWithdrawn(known.itemId(), e.offer()));
            case OfferEvent.StockChanged e ->
                    context.say(
                            TopicCatalogue.CATALOGUE,
                            new StockChanged(known.itemId(), e.offer(), e.stock()));
            case OfferEvent.Moderated e ->
                    context.say(
                            TopicCatalogue.CATALOGUE,
                            new OfferModerated(
                                    known.itemId(), e.offer(), e.approved(), e.reason()));
            case OfferEvent.Published _, OfferEvent.Changed _ ->
                    throw new IllegalArgumentException("a listing needs no known offer: " + event);
        }
        return Outcome.APPLIED;
    }

    private static Outcome unknown(OfferId offer) {
        return new Outcome.Waiting("offer " + offer + " is not known yet", row(offer));
    }

    private static Row<KnownOffer> row(OfferId offer) {
        return OFFERS.at(offer.value());
    }
}
