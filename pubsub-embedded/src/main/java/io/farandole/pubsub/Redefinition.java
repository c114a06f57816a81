package io.farandole.pubsub;

import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;

/** What becomes of a subscription's definition when it or its topic changes. */
final class Redefinition {

    private Redefinition() {}

    /** The topic stays what it is, and one that was detached stays detached. */
    static Subscription by(Subscription changed, Subscription before) {
        Subscription.Builder next =
                changed.toBuilder()
                        .setTopic(before.getTopic())
                        .setDetached(before.getDetached() || changed.getDetached())
                        .clearTopicMessageRetentionDuration();
        if (before.hasTopicMessageRetentionDuration()) {
            next.setTopicMessageRetentionDuration(before.getTopicMessageRetentionDuration());
        }
        return next.build();
    }

    static Subscription orphaned(Subscription before) {
        return before.toBuilder()
                .setTopic(Resources.DELETED_TOPIC)
                .clearTopicMessageRetentionDuration()
                .build();
    }

    static Subscription retaining(Subscription before, Topic topic) {
        Subscription.Builder next = before.toBuilder();
        if (topic.hasMessageRetentionDuration()) {
            next.setTopicMessageRetentionDuration(topic.getMessageRetentionDuration());
        } else {
            next.clearTopicMessageRetentionDuration();
        }
        return next.build();
    }
}
