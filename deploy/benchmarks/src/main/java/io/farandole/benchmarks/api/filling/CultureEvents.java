package io.farandole.benchmarks.api.filling;

import io.farandole.events.InteractionEvent;
import io.farandole.events.Message;
import io.farandole.events.OfferEvent;
import io.farandole.events.UserEvent;
import io.farandole.local.culture.Culture;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that a culture tells, put in the order in which it can be taken portion by portion.
 *
 * @param items what is told of each item's offers
 * @param users what is told of each user
 * @param offers how each offer was published
 */
record CultureEvents(
        List<List<Message<OfferEvent>>> items,
        List<Person> users,
        Map<String, Message<OfferEvent>> offers) {

    /** What is told of one user. */
    record Person(List<Message<UserEvent>> facts, List<Message<InteractionEvent>> acts) {}

    static CultureEvents of(Culture culture, Clock clock) {
        Map<String, List<Message<OfferEvent>>> byOffer = new LinkedHashMap<>();
        Map<String, Message<OfferEvent>> offers = new LinkedHashMap<>();
        Map<String, List<String>> byProduct = new LinkedHashMap<>();
        culture.offers(
                clock,
                message -> {
                    if (message.event() instanceof OfferEvent.Published event) {
                        String offer = event.offer().value();
                        Message<OfferEvent> typed = new Message<>(message.envelope(), event);
                        offers.put(offer, typed);
                        byOffer.computeIfAbsent(offer, _ -> new ArrayList<>(2)).add(typed);
                        byProduct
                                .computeIfAbsent(
                                        Objects.requireNonNullElse(event.product(), offer),
                                        _ -> new ArrayList<>(4))
                                .add(offer);
                    }
                });
        Map<String, Person> users = new HashMap<>();
        culture.acts(clock, message -> act(message, byOffer, users));
        List<List<Message<OfferEvent>>> items =
                byProduct.values().stream()
                        .map(
                                its ->
                                        its.stream()
                                                .flatMap(
                                                        offer ->
                                                                byOffer
                                                                        .getOrDefault(
                                                                                offer, List.of())
                                                                        .stream())
                                                .toList())
                        .toList();
        return new CultureEvents(items, List.copyOf(users.values()), offers);
    }

    private static void act(
            Message<?> message,
            Map<String, List<Message<OfferEvent>>> byOffer,
            Map<String, Person> users) {
        switch (message.event()) {
            case OfferEvent event ->
                    byOffer.computeIfAbsent(event.offer().value(), _ -> new ArrayList<>())
                            .add(new Message<>(message.envelope(), event));
            case UserEvent event ->
                    person(users, event.user().value())
                            .facts()
                            .add(new Message<>(message.envelope(), event));
            case InteractionEvent event ->
                    person(users, event.user().value())
                            .acts()
                            .add(new Message<>(message.envelope(), event));
            default -> throw new IllegalStateException("a culture tells nothing else");
        }
    }

    private static Person person(Map<String, Person> users, String user) {
        return users.computeIfAbsent(user, _ -> new Person(new ArrayList<>(), new ArrayList<>()));
    }
}
