package io.farandole.events;

import io.farandole.events.Topic.Ring;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every topic there is; nothing else lists them. */
public final class TopicCatalogue {

    private static final Duration RETENTION = Duration.ofDays(31);

    /** The reader that only keeps what is said, and derives nothing from it. */
    public static final String ARCHIVE = "archive";

    public static final Topic<UserEvent> USERS =
            new Topic<>(
                    "users",
                    Ring.SOURCE,
                    UserEvent.class,
                    event -> user(event.user()),
                    RETENTION,
                    false,
                    List.of("the app's backend"),
                    List.of("ingestion"));

    public static final Topic<OfferEvent> OFFERS =
            new Topic<>(
                    "offers",
                    Ring.SOURCE,
                    OfferEvent.class,
                    event -> "offer:" + event.offer(),
                    RETENTION,
                    false,
                    List.of("the app's backend", "sources"),
                    List.of("ingestion"));

    public static final Topic<InteractionEvent> INTERACTIONS =
            new Topic<>(
                    "interactions",
                    Ring.SOURCE,
                    InteractionEvent.class,
                    event -> user(event.user()),
                    RETENTION,
                    false,
                    List.of("the app"),
                    List.of("ingestion"));

    public static final Topic<ActivityEvent> ACTIVITY =
            new Topic<>(
                    "activity",
                    Ring.INTERNAL,
                    ActivityEvent.class,
                    event -> user(event.user()),
                    RETENTION,
                    true,
                    List.of("ingestion"),
                    List.of(
                            "popularity",
                            "profile",
                            "personalisation",
                            "guardrails",
                            "triggers",
                            ARCHIVE));

    public static final Topic<CatalogueEvent> CATALOGUE =
            new Topic<>(
                    "catalogue",
                    Ring.INTERNAL,
                    CatalogueEvent.class,
                    event -> "item:" + event.item(),
                    RETENTION,
                    true,
                    List.of("ingestion"),
                    List.of("catalogue", "personalisation", ARCHIVE));

    public static final Topic<RecommendationEvent> RECOMMENDATIONS =
            new Topic<>(
                    "recommendations",
                    Ring.INTERNAL,
                    RecommendationEvent.class,
                    event -> user(event.user()),
                    RETENTION,
                    true,
                    List.of("personalisation"),
                    List.of(ARCHIVE));

    public static final Topic<TrainingEvent> TRAINING =
            new Topic<>(
                    "training",
                    Ring.INTERNAL,
                    TrainingEvent.class,
                    event -> "run:" + event.run(),
                    RETENTION,
                    false,
                    List.of(
                            "operators",
                            "dataset",
                            "training",
                            "evaluation",
                            "gate",
                            "deployment",
                            "guardrails",
                            "triggers"),
                    List.of(
                            "dataset",
                            "training",
                            "evaluation",
                            "gate",
                            "deployment",
                            "guardrails",
                            "triggers",
                            "lineage",
                            "runs",
                            ARCHIVE));

    public static final Topic<ImpressionEvent> IMPRESSIONS =
            new Topic<>(
                    "impressions",
                    Ring.INTERNAL,
                    ImpressionEvent.class,
                    event ->
                            switch (event) {
                                case ImpressionEvent.PlaylistServed served -> user(served.user());
                                case ImpressionEvent.SimilarOffersServed served ->
                                        "offer:" + served.offer();
                            },
                    RETENTION,
                    false,
                    List.of("api-gateway"),
                    List.of("guardrails", ARCHIVE));

    public static final Topic<TickEvent> TICKS =
            new Topic<>(
                    "ticks",
                    Ring.INTERNAL,
                    TickEvent.class,
                    event -> "schedule:" + event.schedule(),
                    RETENTION,
                    false,
                    List.of("Cloud Scheduler", "an embedded clock"),
                    List.of("dataset", ARCHIVE));

    public static final Topic<OperationEvent> OPERATIONS =
            new Topic<>(
                    "operations",
                    Ring.INTERNAL,
                    OperationEvent.class,
                    event ->
                            switch (event) {
                                case OperationEvent.ListRefreshRequested requested ->
                                        user(requested.user());
                            },
                    RETENTION,
                    false,
                    List.of("orchestrator"),
                    List.of("personalisation", ARCHIVE));

    private static final List<Topic<?>> ALL =
            List.of(
                    USERS,
                    OFFERS,
                    INTERACTIONS,
                    ACTIVITY,
                    CATALOGUE,
                    RECOMMENDATIONS,
                    TRAINING,
                    IMPRESSIONS,
                    TICKS,
                    OPERATIONS);

    // One day is the least that Pub/Sub takes.
    private static final List<InstanceSubscription> INSTANCES =
            List.of(
                    new InstanceSubscription(RECOMMENDATIONS, "api-gateway", Duration.ofDays(1)),
                    new InstanceSubscription(TRAINING, "api-gateway", Duration.ofDays(1)),
                    new InstanceSubscription(CATALOGUE, "api-gateway", Duration.ofDays(1)),
                    new InstanceSubscription(ACTIVITY, "api-gateway", Duration.ofDays(1)));

    private static final Map<String, Topic<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Topic::name, Function.identity()));

    private static final Map<String, Topic<?>> BY_TYPE = byType();

    private TopicCatalogue() {}

    /** All topics, source ring first. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /**
     * The subscriptions that instances of services have for themselves, beside those of readers.
     */
    public static List<InstanceSubscription> instanceSubscriptions() {
        return INSTANCES;
    }

    public static Optional<Topic<?>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The topic where events of this {@code ce-type} are said. */
    public static Optional<Topic<?>> byType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    private static Map<String, Topic<?>> byType() {
        Map<String, Topic<?>> topics = new HashMap<>();
        for (Topic<?> topic : ALL) {
            topic.kinds().forEach(kind -> topics.put(topic.typeOf(kind), topic));
        }
        return Map.copyOf(topics);
    }

    private static String user(UserId user) {
        return "user:" + user;
    }
}
