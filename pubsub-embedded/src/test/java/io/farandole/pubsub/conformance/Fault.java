package io.farandole.pubsub.conformance;

import java.util.List;

/** A fault of the server: a method that goes wrong, and the case that sees it. */
enum Fault {
    ACKS_ARE_IGNORED(
            "SubscriptionQueue",
            "acknowledge(long, long, LongConsumer)",
            Plant.DOES_NOTHING,
            "acknowledgedIsGone"),
    NACKS_ARE_IGNORED(
            "SubscriptionQueue",
            "nack(long, long, long)",
            Plant.DOES_NOTHING,
            "nackedComesBackAtOnce"),
    DEADLINES_ARE_NOT_EXTENDED(
            "SubscriptionQueue",
            "extend(long, long, long)",
            Plant.DOES_NOTHING,
            "deadlineCanBeExtended"),
    WHAT_EXPIRED_DOES_NOT_COME_BACK(
            "SubscriptionQueue",
            "comeBack(QueuedMessage, long, long)",
            Plant.DOES_NOTHING,
            "unacknowledgedIsDeliveredAgain"),
    WHO_LEAVES_KEEPS_ITS_MESSAGES(
            "SubscriptionQueue",
            "release(Receiver, long)",
            Plant.DOES_NOTHING,
            "leavingGivesBackAtOnce"),
    KEYS_ARE_NOT_ORDERED(
            "SubscriptionQueue",
            "isOrdered(StoredMessage)",
            Plant.SAYS_THE_CONTRARY,
            "keyWaitsForWhatIsOutstanding"),
    FOLLOWERS_ARE_NOT_REDELIVERED(
            "SubscriptionQueue",
            "comeBack(QueuedMessage, long, long); rested(QueuedMessage)",
            Plant.SEES_NO_KEY,
            "redeliveryBringsTheLaterOnes"),
    FLOW_CONTROL_IS_IGNORED(
            "Receiver",
            "hasRoom(); hasRoomFor(StoredMessage)",
            Plant.SAYS_YES,
            "outstandingMessagesAreLimited"),
    PULLS_RETURN_ALL_THERE_IS("Handout", "hasRoom()", Plant.SAYS_YES, "pullReturnsNoMoreThanAsked"),
    RETRIES_ARE_IMMEDIATE(
            "SubscriptionQueue",
            "backoff(Backoff)",
            Plant.DOES_NOTHING,
            "nackedRestsForTheMinimum"),
    BACKOFF_DOES_NOT_GROW(
            "Backoff", "millis(int)", Plant.TAKES_ITS_FIRST_NUMBER_AS_ONE, "backoffGrows"),
    LIMITS_ARE_OFF_BY_ONE(
            "PublishRules",
            "longer(String, int)",
            Plant.TAKES_ITS_SECOND_NUMBER_AS_ONE_MORE,
            "attributeKeyBytes"),
    PUBLISHES_ARE_NOT_CHECKED(
            "PublishRules",
            "refuse(PublishRequest)",
            Plant.FINDS_NOTHING,
            "thousandMessagesARequest"),
    IDS_REPEAT(
            "Publishing",
            "appendInOrder(PublishRequest, Reply)",
            Plant.COUNTS_NOTHING,
            "idsAreUniqueAndInOrder"),
    NAMES_ARE_NOT_CHECKED("ResourceName", "refuse(String)", Plant.FINDS_NOTHING, "idLength"),
    FILTERS_ARE_INVERTED(
            "filter.Filter", "matches(Map)", Plant.SAYS_THE_CONTRARY, "attributeIsThere"),
    DEAD_LETTERS_COME_ONE_TOO_LATE(
            "DeliveryAttempts",
            "limit(int)",
            Plant.TAKES_ITS_FIRST_NUMBER_AS_ONE_MORE,
            "goesToTheDeadLetterTopic"),
    DELIVERY_ATTEMPTS_ARE_NOT_TOLD(
            "DeliveryAttempts", "of(QueuedMessage)", Plant.DOES_NOTHING, "deliveryAttemptCounts"),
    STALE_ACKS_ARE_ANSWERED_OK(
            "Confirmation", "failure()", Plant.FINDS_NOTHING, "lateAcknowledgementFails"),
    SEEK_IS_IGNORED(
            "LiveSubscription",
            "seekToTime(long, long, List)",
            Plant.DOES_NOTHING,
            "seekAheadPurges"),
    ACKNOWLEDGED_MESSAGES_ARE_NOT_RETAINED(
            "AcknowledgedMessages",
            "add(StoredMessage)",
            Plant.DOES_NOTHING,
            "seekBackReplaysWhatWasAcknowledged"),
    TOPICS_RETAIN_NOTHING("LiveTopic", "retain(List)", Plant.DOES_NOTHING, "topicRetentionReplays"),
    SNAPSHOTS_MISS_THE_BACKLOG(
            "LiveSubscription", "unacknowledged()", Plant.LISTS_NOTHING, "snapshotHoldsTheBacklog"),
    SNAPSHOTS_MISS_LATER_MESSAGES(
            "LiveSnapshot", "published(List)", Plant.DOES_NOTHING, "snapshotHoldsLaterMessages"),
    MESSAGES_ARE_KEPT_FOR_EVER(
            "LiveSubscription",
            "dropOlderThan(long, Journal)",
            Plant.DOES_NOTHING,
            "backlogIsKeptForTheRetention"),
    SUBSCRIPTIONS_NEVER_EXPIRE(
            "LiveSubscription", "idleMillis()", Plant.DOES_NOTHING, "unusedSubscriptionExpires"),
    SUBSCRIPTIONS_IN_USE_EXPIRE(
            "LiveSubscription", "idleMillis()", Plant.RETURNS_VERY_MUCH, "usedSubscriptionLives"),
    ANSWERS_TO_PUSHES_ARE_IGNORED(
            "PushDelivery", "answered(AckId, boolean)", Plant.DOES_NOTHING, "successAcknowledges"),
    MESSAGES_NEED_NOT_FIT_THEIR_SCHEMA(
            "schema.AvroDefinition",
            "check(ByteString, Encoding)",
            Plant.DOES_NOTHING,
            "avroTopicTakesWhatFits"),
    SCHEMA_CHANGES_ARE_NOT_CHECKED(
            "schema.SchemaHistory",
            "conflict(SchemaDefinition)",
            Plant.FINDS_NOTHING,
            "avroFieldsStay"),
    DETACHED_SUBSCRIPTIONS_HAND_OUT(
            "LiveSubscription",
            "refusal()",
            Plant.FINDS_NOTHING,
            "detachedSubscriptionHandsOutNothing"),
    DELETED_TOPICS_ARE_STILL_NAMED(
            "LiveSubscription", "orphan()", Plant.DOES_NOTHING, "subscriptionsOutliveTheirTopic");

    private final String type;
    private final String methods;
    private final Plant how;
    private final String caughtBy;

    Fault(String type, String methods, Plant how, String caughtBy) {
        this.type = type;
        this.methods = methods;
        this.how = how;
        this.caughtBy = caughtBy;
    }

    /** Below io.farandole.pubsub. */
    String type() {
        return type;
    }

    /** Names with the simple names of their parameters' types. */
    List<String> methods() {
        return List.of(methods.split("; ", -1));
    }

    Plant how() {
        return how;
    }

    Case caughtBy() {
        return Chapter.named(caughtBy);
    }
}
