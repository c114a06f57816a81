package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.INTERACTIONS;
import static io.farandole.events.TopicCatalogue.OFFERS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.InteractionEvent;
import io.farandole.events.ItemId;
import io.farandole.events.OfferEvent;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import io.farandole.streams.Store;

/** Takes foreign events in: offers are kept, views of known ones passed on. */
final class Intake {

    static final String NAME = "intake";
    static final Store<Known> KNOWN = new Store<>("known", Known.class);

    static final Source<OfferEvent> OFFER_SOURCE =
            Source.of(
                    OFFERS,
                    (message, touched) -> touched.update(row(message.event().offer().value())),
                    (message, context) -> {
                        context.put(row(message.event().offer().value()), new Known("item"));
                        return Outcome.APPLIED;
                    });

    static final Source<InteractionEvent> INTERACTION_SOURCE =
            Source.of(
                            INTERACTIONS,
                            (message, touched) ->
                                    touched.read(row(message.event().offer().value())),
                            (message, context) -> {
                                InteractionEvent event = message.event();
                                Row<Known> row = row(event.offer().value());
                                if (context.get(row) == null) {
                                    return new Outcome.Waiting("no offer " + event.offer(), row);
                                }
                                context.say(
                                        ACTIVITY,
                                        new ActivityEvent.Viewed(
                                                event.user(), new ItemId("i"), event.offer()));
                                return Outcome.APPLIED;
                            })
                    .through("clean", Intake::clean);

    /** An offer that is known. */
    record Known(String item) {}

    private Intake() {}

    static Processor processor() {
        return Processor.named(NAME)
                .readsSourceRing()
                .reads(OFFER_SOURCE)
                .reads(INTERACTION_SOURCE)
                .keeps(KNOWN)
                .says(ACTIVITY)
                .build();
    }

    private static Row<Known> row(String offer) {
        return KNOWN.at(offer);
    }

    private static Stepped<InteractionEvent> clean(Stepped<InteractionEvent> stepped) {
        if (stepped instanceof Stepped.Going<InteractionEvent>(var message)) {
            if (message.event().user().value().equals("robot")) {
                return new Stepped.Refused<>("a robot", "$.viewed.user");
            }
            if (message.event().user().value().equals("bug")) {
                throw new IllegalStateException("a step with a bug");
            }
        }
        return stepped;
    }
}
