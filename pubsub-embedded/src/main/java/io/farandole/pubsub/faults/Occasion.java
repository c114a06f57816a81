package io.farandole.pubsub.faults;

import org.jspecify.annotations.Nullable;

/** Where something could go wrong: at a topic, or at one of its subscriptions, for a key. */
public record Occasion(String topic, @Nullable String subscription, String orderingKey) {

    public static Occasion publish(String topic, String orderingKey) {
        return new Occasion(topic, null, orderingKey);
    }
}
