package io.farandole.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event of every kind, and envelopes to put them in. */
final class Samples {

    static final Instant WHEN = Instant.parse("2026-11-22T09:30:00.125Z");
    static final Instant RECORDED = Instant.parse("2026-11-22T09:30:01Z");
    static final Instant PUBLISHED = Instant.parse("2026-11-22T09:30:02Z");
    static final String SOURCE = "//app.example/backend";

    private static final UserId USER = new UserId("42");
    private static final ItemId ITEM = new ItemId("movie-1");
    private static final OfferId OFFER = new OfferId("offer-7");
    private static final LocalDate BORN = LocalDate.of(2008, 2, 29);
    private static final Instant LATER = Instant.parse("2027-01-31T19:00:00Z");
    private static final List<String> CATEGORIES = List.of("Comedy", "Drame à l’ancienne");

    private static final RunId RUN = new RunId("run-1");
    private static final String DATASET = "datasets/f00d";
    private static final String MODEL = "models/beef";
    private static final String SPEC = "ease:lambda=200";
    private static final List<String> REASONS = List.of("better than what is popular");

    private static final Map<Topic<?>, List<Event>> EVENTS =
            Map.of(
                    TopicCatalogue.USERS,
                    List.of(
                            new UserEvent.Registered(USER, BORN),
                            new UserEvent.ProfileChanged(USER, BORN),
                            new UserEvent.CreditGranted(USER, 15_000, LATER),
                            new UserEvent.CreditSpent(USER, 1_250),
                            new UserEvent.OnboardingAnswered(USER, CATEGORIES),
                            new UserEvent.Erased(USER)),
                    TopicCatalogue.OFFERS,
                    List.of(
                            new OfferEvent.Published(
                                    OFFER,
                                    "isbn-1",
                                    "Le \"Bal\" 💃",
                                    CATEGORIES,
                                    1_250,
                                    false,
                                    80,
                                    "venue-3",
                                    LATER),
                            new OfferEvent.Changed(
                                    OFFER,
                                    "isbn-1",
                                    "Le Bal",
                                    CATEGORIES,
                                    0,
                                    true,
                                    80,
                                    "venue-3",
                                    LATER),
                            new OfferEvent.Withdrawn(OFFER),
                            new OfferEvent.StockChanged(OFFER, 12),
                            new OfferEvent.Moderated(OFFER, false, "no title")),
                    TopicCatalogue.INTERACTIONS,
                    List.of(
                            new InteractionEvent.Viewed(USER, OFFER),
                            new InteractionEvent.Favourited(USER, OFFER),
                            new InteractionEvent.Unfavourited(USER, OFFER),
                            new InteractionEvent.Rated(USER, OFFER, 4.5),
                            new InteractionEvent.BookingMade(USER, OFFER, "booking-9", 2, 2_500),
                            new InteractionEvent.BookingCancelled(USER, OFFER, "booking-9"),
                            new InteractionEvent.BookingUsed(USER, OFFER, "booking-9")),
                    TopicCatalogue.ACTIVITY,
                    List.of(
                            new ActivityEvent.Viewed(USER, ITEM, OFFER),
                            new ActivityEvent.Favourited(USER, ITEM, OFFER),
                            new ActivityEvent.Unfavourited(USER, ITEM, OFFER),
                            new ActivityEvent.Rated(USER, ITEM, OFFER, 4),
                            new ActivityEvent.BookingMade(USER, ITEM, OFFER, "booking-9", 2, 2_500),
                            new ActivityEvent.BookingCancelled(USER, ITEM, OFFER, "booking-9"),
                            new ActivityEvent.BookingUsed(USER, ITEM, OFFER, "booking-9"),
                            new ActivityEvent.Registered(USER, BORN),
                            new ActivityEvent.ProfileChanged(USER, BORN),
                            new ActivityEvent.CreditGranted(USER, 15_000, LATER),
                            new ActivityEvent.CreditSpent(USER, 1_250),
                            new ActivityEvent.OnboardingAnswered(USER, CATEGORIES),
                            new ActivityEvent.Erased(USER)),
                    TopicCatalogue.CATALOGUE,
                    List.of(
                            new CatalogueEvent.OfferListed(
                                    ITEM,
                                    OFFER,
                                    "Le \"Bal\" 💃",
                                    CATEGORIES,
                                    1_250,
                                    false,
                                    80,
                                    "venue-3",
                                    LATER),
                            new CatalogueEvent.OfferWithdrawn(ITEM, OFFER),
                            new CatalogueEvent.StockChanged(ITEM, OFFER, 12),
                            new CatalogueEvent.OfferModerated(
                                    ITEM, OFFER, true, "seen by a person")),
                    TopicCatalogue.RECOMMENDATIONS,
                    List.of(
                            new RecommendationEvent.ListRefreshed(
                                    USER, 3, List.of(ITEM, new ItemId("movie-2")), "r1")),
                    TopicCatalogue.TRAINING,
                    List.of(
                            new TrainingEvent.Requested(RUN, "operator", List.of(SPEC)),
                            new TrainingEvent.Requested(
                                    RUN, "drift", List.of(), "what is new is with other items"),
                            new TrainingEvent.DatasetReady(
                                    RUN,
                                    DATASET,
                                    "f00d",
                                    610,
                                    9_742,
                                    100_836,
                                    608,
                                    List.of(SPEC),
                                    100_900,
                                    LATER,
                                    LATER,
                                    "120000"),
                            new TrainingEvent.ModelTrained(RUN, DATASET, MODEL, SPEC, 1, 2, 7.5),
                            new TrainingEvent.Evaluated(
                                    RUN,
                                    DATASET,
                                    MODEL,
                                    SPEC,
                                    2,
                                    2,
                                    "metrics/beef",
                                    608,
                                    0.125,
                                    0.25,
                                    0.0875,
                                    0.03125,
                                    0.0625,
                                    "models/cafe",
                                    0.1,
                                    -0.125,
                                    0.25),
                            new TrainingEvent.Approved(RUN, MODEL, SPEC, REASONS, "models/cafe"),
                            new TrainingEvent.Rejected(RUN, MODEL, SPEC, REASONS),
                            new TrainingEvent.Released(RUN, "r1", MODEL, SPEC, 610, 9_742, 10),
                            new TrainingEvent.PromotionRequested(
                                    RUN, "r1", "operator", "it is good"),
                            new TrainingEvent.RollbackRequested(RUN, "r1", "operator", "it is not"),
                            new TrainingEvent.CanaryJudged(RUN, "r1", false, REASONS),
                            new TrainingEvent.Promoted(
                                    RUN, "r1", MODEL, "r0", "guardrails", REASONS),
                            new TrainingEvent.RolledBack(
                                    RUN, "r1", MODEL, "r0", "guardrails", REASONS),
                            new TrainingEvent.SwitchRefused(
                                    RUN, "r1", "operator", "it is served already"),
                            new TrainingEvent.Failed(RUN, "training", "out of memory")),
                    TopicCatalogue.IMPRESSIONS,
                    List.of(
                            new ImpressionEvent.PlaylistServed(
                                    USER,
                                    List.of(ITEM),
                                    "call-5",
                                    "model",
                                    "r1",
                                    MODEL,
                                    3,
                                    List.of(OFFER),
                                    List.of(0.75),
                                    List.of(0.5),
                                    21,
                                    150,
                                    "home",
                                    List.of("limit", "after"),
                                    "r2"),
                            new ImpressionEvent.SimilarOffersServed(
                                    OFFER,
                                    ITEM,
                                    List.of(ITEM),
                                    "call-5",
                                    "r1",
                                    MODEL,
                                    List.of(OFFER),
                                    List.of(0.75),
                                    List.of(1.0),
                                    12,
                                    "offer-page",
                                    List.of("user"))),
                    TopicCatalogue.TICKS,
                    List.of(new TickEvent.Due("training", LATER)),
                    TopicCatalogue.OPERATIONS,
                    List.of(new OperationEvent.ListRefreshRequested(USER)));

    private Samples() {}

    static List<Event> of(Topic<?> topic) {
        return EVENTS.getOrDefault(topic, List.of());
    }

    /** The event in an envelope that says all there is to say. */
    static Message<Event> message(Topic<?> topic, Event event) {
        boolean internal = topic.ring() == Topic.Ring.INTERNAL;
        String source = internal ? "//farandole/ingestion" : SOURCE;
        String id = internal ? "019aab00-0000-7000-8000-000000000001" : "e-1";
        Cause cause = internal ? new Cause(SOURCE, "e-1") : new Cause(source, id);
        return message(topic, event, id, source, cause, topic.sequenced() ? 17L : null);
    }

    private static Message<Event> message(
            Topic<?> topic,
            Event event,
            String id,
            String source,
            Cause cause,
            @Nullable Long sequence) {
        return new Message<>(
                new Envelope(
                        id,
                        source,
                        topic.typeOf(event),
                        topic.subjectOf(event),
                        WHEN,
                        RECORDED,
                        "call-5",
                        "e-0",
                        cause,
                        sequence,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                event);
    }
}
