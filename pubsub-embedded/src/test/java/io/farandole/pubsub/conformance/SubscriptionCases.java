package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** Subscriptions come and go. */
final class SubscriptionCases {

    private static final long DAY = 86_400;

    @Rule(
            value = "unsaid, the ack deadline is 10 s, retention 7 days, expiration 31 days",
            at = Page.SUBSCRIPTION_PROPERTIES)
    void subscriptionHasDefaults(World w) {
        w.topic("news");
        Subscription created = w.subscription("first", "news");
        assertThat(created.getAckDeadlineSeconds()).isEqualTo(10);
        assertThat(created.getMessageRetentionDuration().getSeconds()).isEqualTo(7 * DAY);
        assertThat(created.getExpirationPolicy().getTtl().getSeconds()).isEqualTo(31 * DAY);
        assertThat(created.getEnableMessageOrdering()).isFalse();
        assertThat(created.getRetainAckedMessages()).isFalse();
        assertThat(w.get("first")).isEqualTo(created);
    }

    @Rule(value = "what the request says is kept and answered", at = Page.RPC)
    void subscriptionKeepsWhatItIsGiven(World w) {
        w.topic("news");
        Subscription created =
                w.subscription(
                        "first",
                        "news",
                        subscription ->
                                subscription
                                        .setAckDeadlineSeconds(77)
                                        .putLabels("team", "a")
                                        .setEnableMessageOrdering(true)
                                        .setMessageRetentionDuration(
                                                Duration.newBuilder().setSeconds(3 * DAY)));
        assertThat(created.getName()).isEqualTo(w.subscriptionName("first"));
        assertThat(created.getTopic()).isEqualTo(w.topicName("news"));
        assertThat(created.getAckDeadlineSeconds()).isEqualTo(77);
        assertThat(created.getLabelsMap()).containsEntry("team", "a");
        assertThat(created.getEnableMessageOrdering()).isTrue();
        assertThat(created.getMessageRetentionDuration().getSeconds()).isEqualTo(3 * DAY);
        assertThat(w.get("first")).isEqualTo(created);
    }

    @Rule(value = "a subscription that exists already is ALREADY_EXISTS", at = Page.RPC)
    void subscriptionExistsAlready(World w) {
        w.newsAndFirst();
        Answers.refused(Code.ALREADY_EXISTS, () -> w.subscription("first", "news"));
    }

    @Rule(value = "without its topic it is NOT_FOUND", at = Page.RPC)
    void subscriptionNeedsItsTopic(World w) {
        Answers.refused(Code.NOT_FOUND, () -> w.subscription("first", "nowhere"));
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
    }

    @Rule(value = "a subscription that does not exist is NOT_FOUND", at = Page.ERRORS)
    void missingSubscriptionIsNotFound(World w) {
        Answers.refused(Code.NOT_FOUND, () -> w.get("nowhere"));
        Answers.refused(Code.NOT_FOUND, () -> w.deleteSubscription("nowhere"));
        Answers.refused(Code.NOT_FOUND, () -> w.pullNow("nowhere", 1));
        Answers.refused(Code.NOT_FOUND, () -> w.ack("nowhere", "x"));
        Answers.refused(Code.NOT_FOUND, () -> w.nack("nowhere", "x"));
    }

    @Rule(value = "ListSubscriptions lists those of its project, in pages", at = Page.RPC)
    void subscriptionsAreListedByProjectInPages(World w) {
        w.topic("news");
        for (String id : List.of("first", "second", "third")) {
            w.subscription(id, "news");
        }
        ListSubscriptionsResponse start = list(w, w.project(), "");
        assertThat(start.getSubscriptionsCount()).isEqualTo(2);
        List<Subscription> all = new ArrayList<>(start.getSubscriptionsList());
        all.addAll(list(w, w.project(), start.getNextPageToken()).getSubscriptionsList());
        assertThat(all).containsExactlyInAnyOrder(w.get("first"), w.get("second"), w.get("third"));
        assertThat(list(w, w.project() + "-other", "").getSubscriptionsList()).isEmpty();
    }

    @Rule(value = "a topic's retention shows on its subscriptions", at = Page.RPC)
    void subscriptionShowsItsTopicsRetention(World w) {
        w.topic(
                "news",
                topic -> topic.setMessageRetentionDuration(Duration.newBuilder().setSeconds(DAY)));
        w.subscription("first", "news");
        assertThat(w.get("first").getTopicMessageRetentionDuration().getSeconds()).isEqualTo(DAY);
    }

    @Rule(value = "an unimpaired subscription is ACTIVE", at = Page.RPC)
    void subscriptionIsActive(World w) {
        w.newsAndFirst();
        assertThat(w.get("first").getState()).isEqualTo(Subscription.State.ACTIVE);
    }

    @Rule(value = "Pull from a deleted subscription is NOT_FOUND", at = Page.RPC)
    void deletedSubscriptionIsGone(World w) {
        w.newsAndFirst();
        w.deleteSubscription("first");
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
        Answers.refused(Code.NOT_FOUND, () -> w.pullNow("first", 1));
    }

    @Rule(value = "a subscription made anew has nothing of the old one", at = Page.RPC)
    void recreatedSubscriptionIsNew(World w) {
        w.newsAndFirst(subscription -> subscription.putLabels("old", "x"));
        w.publish("news", "old");
        w.deleteSubscription("first");
        assertThat(w.subscription("first", "news").getLabelsMap()).isEmpty();
        w.publish("news", "new");
        w.drains("first", "new");
    }

    @Rule(value = "a subscription without a name is given one", at = Page.RPC)
    void unnamedSubscriptionIsNamed(World w) {
        w.topic("news");
        Subscription created =
                w.subscriber()
                        .createSubscription(
                                Subscription.newBuilder().setTopic(w.topicName("news")).build());
        assertThat(created.getName()).startsWith(w.subscriptionName(""));
        w.publish("news", "m");
        String id = created.getName().substring(created.getName().lastIndexOf('/') + 1);
        w.drains(id, "m");
    }

    private static ListSubscriptionsResponse list(World w, String project, String token) {
        return w.subscriber()
                .listSubscriptions(
                        ListSubscriptionsRequest.newBuilder()
                                .setProject(project)
                                .setPageSize(2)
                                .setPageToken(token)
                                .build());
    }
}
