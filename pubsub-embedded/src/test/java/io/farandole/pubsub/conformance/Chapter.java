package io.farandole.pubsub.conformance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The suite, chapter by chapter. */
enum Chapter {
    TOPICS("Topics", TopicCases.class),
    PUBLISH("Publishing", PublishCases.class),
    SUBSCRIPTIONS("Subscriptions", SubscriptionCases.class),
    UPDATES("Updates of subscriptions", UpdateCases.class),
    PULL("Pull and acknowledgement", PullCases.class),
    STREAMING("Streaming pull", StreamingCases.class),
    FLOW("Flow control and many streams", FlowCases.class),
    ORDERING("Ordering keys", OrderingCases.class),
    LIMITS("Limits", LimitCases.class),
    NAMES("Names", NameCases.class),
    RETRY("Retry policy", RetryCases.class),
    DEAD_LETTERS("Dead letters", DeadLetterCases.class),
    FILTERS("Filters", FilterCases.class),
    EXACTLY_ONCE("Exactly-once delivery", ExactlyOnceCases.class),
    SEEK("Seek to a time", SeekCases.class),
    SNAPSHOTS("Snapshots", SnapshotCases.class),
    EXPIRATION("Retention and expiration", ExpirationCases.class),
    DETACH("Detaching", DetachCases.class),
    PUSH("Push", PushCases.class),
    SCHEMAS("Schemas", SchemaCases.class),
    VALIDATION("Validation of messages", ValidationCases.class),
    REVISIONS("Schema revisions", RevisionCases.class),
    SCHEMA_TOPICS("Topics with a schema", SchemaTopicCases.class),
    UNIMPLEMENTED("Answered UNIMPLEMENTED with a sentence", UnimplementedCases.class),
    RESTART("Over a restart", RestartCases.class);

    private final String title;
    private final Class<?> cases;

    Chapter(String title, Class<?> cases) {
        this.title = title;
        this.cases = cases;
    }

    String title() {
        return title;
    }

    /** By name, for that is an order that stays. */
    List<Case> cases() {
        return Arrays.stream(cases.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .map(method -> new Case(this, method))
                .sorted(Comparator.comparing(Case::name))
                .toList();
    }

    static Stream<Case> everything() {
        return Arrays.stream(values()).flatMap(chapter -> chapter.cases().stream());
    }

    static Case named(String name) {
        return everything()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no case " + name));
    }
}
