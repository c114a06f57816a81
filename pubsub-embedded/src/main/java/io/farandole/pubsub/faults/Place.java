package io.farandole.pubsub.faults;

import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where something is to go wrong: everywhere, at a topic, at a subscription; for all messages, or
 * those of an ordering key. Each fault is planned here, and armed by saying how often.
 */
public final class Place {

    private final Faults faults;
    private final @Nullable String topic;
    private final @Nullable String subscription;
    private final @Nullable String orderingKey;

    Place(
            Faults faults,
            @Nullable String topic,
            @Nullable String subscription,
            @Nullable String orderingKey) {
        this.faults = faults;
        this.topic = topic;
        this.subscription = subscription;
        this.orderingKey = orderingKey;
    }

    /** Narrows to the messages of an ordering key. */
    public Place key(String narrowed) {
        return new Place(faults, topic, subscription, narrowed);
    }

    /** A message is handed out twice: again while its first receiver still has it. */
    public Plan duplicate() {
        return new Plan(this, Fault.DUPLICATE, Effect.NONE);
    }

    /**
     * A message is handed out that much of the server's time later; on an ordered subscription it
     * holds up its key.
     */
    public Plan delay(Duration by) {
        return new Plan(this, Fault.DELAY, Effect.lasting(by));
    }

    /**
     * Messages without a key, and keys, overtake each other within that much of the server's time;
     * never the messages of one key on an ordered subscription.
     */
    public Plan reorder(Duration within) {
        return new Plan(this, Fault.REORDER, Effect.lasting(within));
    }

    /**
     * When a message of a key is handed out on an ordered subscription, the earliest one that is
     * not acknowledged comes back, and so do all later ones of the key.
     */
    public Plan redeliverFollowers() {
        return new Plan(this, Fault.REDELIVER_FOLLOWERS, Effect.NONE);
    }

    /**
     * An acknowledgement is answered and forgotten, as may happen on every subscription that is not
     * exactly-once.
     */
    public Plan dropAcknowledgements() {
        return new Plan(this, Fault.DROP_ACKNOWLEDGEMENT, Effect.NONE);
    }

    /** A stream ends with that status when it was handed messages. */
    public Plan killStreams(Status.Code status) {
        refuseKey();
        return new Plan(this, Fault.KILL_STREAM, Effect.failing(status));
    }

    /** Ends all streams that are open now, and says how many there were. */
    public int killOpenStreams(Status.Code status) {
        refuseKey();
        return faults.killOpenStreams(this, status);
    }

    /** A publish request is refused with that status, and nothing of it takes effect. */
    public Plan failPublishes(Status.Code status) {
        refuseSubscription();
        return new Plan(this, Fault.FAIL_PUBLISH, Effect.failing(status));
    }

    /**
     * A publish request takes effect, and is answered with that status all the same: whoever sends
     * it again publishes twice.
     */
    public Plan failPublishesAfterwards(Status.Code status) {
        refuseSubscription();
        return new Plan(this, Fault.FAIL_PUBLISH, Effect.failingAfterwards(status));
    }

    /**
     * Stalls until thawed: a topic leaves publishes unanswered, a subscription hands nothing out,
     * and everywhere means that no call gets on at all.
     */
    public Frozen freeze() {
        refuseKey();
        return faults.freeze(this);
    }

    private void refuseKey() {
        if (orderingKey != null) {
            throw new IllegalArgumentException(
                    "A key cannot be frozen, and is no stream. Take its topic or subscription, or delay its messages.");
        }
    }

    private void refuseSubscription() {
        if (subscription != null) {
            throw new IllegalArgumentException(
                    "Publishes fail at a topic, not at a subscription: use onTopic(\"projects/…/topics/…\").");
        }
    }

    Faults faults() {
        return faults;
    }

    boolean isEverywhere() {
        return topic == null && subscription == null && orderingKey == null;
    }

    boolean isOfTopics() {
        return subscription == null;
    }

    boolean isOfSubscriptions() {
        return topic == null;
    }

    boolean covers(Occasion occasion) {
        return (topic == null || topic.equals(occasion.topic()))
                && (subscription == null || subscription.equals(occasion.subscription()))
                && (orderingKey == null || orderingKey.equals(occasion.orderingKey()));
    }

    @Override
    public String toString() {
        return isEverywhere()
                ? "everywhere"
                : Objects.requireNonNullElse(
                                subscription, Objects.requireNonNullElse(topic, "everywhere"))
                        + (orderingKey == null ? "" : ", key \"" + orderingKey + "\"");
    }
}
