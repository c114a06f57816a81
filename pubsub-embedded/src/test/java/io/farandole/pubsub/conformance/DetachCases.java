package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import io.grpc.Status.Code;

/** DetachSubscription. */
final class DetachCases {

    @Rule(value = "the subscription says that it is detached", at = Page.RPC)
    void detachedSubscriptionSaysSo(World w) {
        w.newsAndFirst();
        assertThat(w.get("first").getDetached()).isFalse();
        detach(w);
        assertThat(w.get("first").getDetached()).isTrue();
    }

    @Rule(value = "Pull and StreamingPull are then FAILED_PRECONDITION", at = Page.RPC)
    void detachedSubscriptionHandsOutNothing(World w) throws Exception {
        w.newsAndFirst();
        w.publish("news", "m");
        detach(w);
        Answers.refused(Code.FAILED_PRECONDITION, () -> w.pullNow("first", 1));
        w.stream("first").endsWith(Code.FAILED_PRECONDITION);
    }

    @Rule(value = "open streams end with it", at = Page.DETACH)
    void detachingEndsStreams(World w) throws Exception {
        w.newsAndFirst();
        PullingStream stream = w.stream("first");
        w.publish("news", "m");
        stream.received(1);
        detach(w);
        stream.endsWith(Code.FAILED_PRECONDITION);
    }

    @Rule(value = "the topic no longer lists it", at = Page.RPC)
    void topicDoesNotListTheDetached(World w) {
        w.newsAndFirst();
        w.subscription("second", "news");
        detach(w);
        assertThat(
                        w.publisher()
                                .listTopicSubscriptions(
                                        ListTopicSubscriptionsRequest.newBuilder()
                                                .setTopic(w.topicName("news"))
                                                .build())
                                .getSubscriptionsList())
                .containsExactly(w.subscriptionName("second"));
    }

    @Rule(value = "the topic's other subscriptions go on", at = Page.DETACH)
    void othersGoOn(World w) {
        w.newsAndFirst();
        w.subscription("second", "news");
        detach(w);
        w.publish("news", "m");
        w.drains("second", "m");
    }

    @Rule(value = "it can be deleted", at = Page.DETACH)
    void detachedSubscriptionCanBeDeleted(World w) {
        w.newsAndFirst();
        detach(w);
        w.deleteSubscription("first");
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
    }

    @Rule(value = "a subscription that is not there is NOT_FOUND", at = Page.ERRORS)
    void detachNeedsItsSubscription(World w) {
        Answers.refused(Code.NOT_FOUND, () -> detach(w));
    }

    private static void detach(World w) {
        var _ =
                w.publisher()
                        .detachSubscription(
                                DetachSubscriptionRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .build());
    }
}
