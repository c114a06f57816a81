package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.function.UnaryOperator;

/** What time takes away: messages and subscriptions. */
final class ExpirationCases {

    private static final int DAY = 86_400;

    @Rule(value = "an unacknowledged message is kept for message_retention_duration", at = Page.RPC)
    void backlogIsKeptForTheRetention(World w) {
        w.newsAndFirst(retention(3_600));
        w.publish("news", "old");
        w.pass(3_400);
        w.publish("news", "new");
        w.pass(400);
        w.drains("first", "new");
    }

    @Rule(value = "by default that is 7 days", at = Page.RPC)
    void backlogIsKeptForAWeek(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        w.pass(7 * DAY - 600);
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(1_200);
        w.nothing("first");
    }

    @Rule(value = "the longer of topic's and subscription's retention counts", at = Page.REPLAY)
    void longerRetentionCounts(World w) {
        w.topic("news", topic -> topic.setMessageRetentionDuration(seconds(7_200)));
        w.subscription("first", "news", retention(3_600));
        w.publish("news", "m");
        w.pass(5_400);
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(2_400);
        w.nothing("first");
    }

    @Rule(value = "a subscription that nobody uses expires after its ttl", at = Page.RPC)
    void unusedSubscriptionExpires(World w) {
        w.newsAndFirst(ttl(2 * DAY));
        w.pass(2 * DAY - 3_600);
        assertThat(w.get("first").getName()).isEqualTo(w.subscriptionName("first"));
        w.pass(3 * DAY);
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
        Answers.refused(Code.NOT_FOUND, () -> w.pullNow("first", 1));
    }

    @Rule(value = "by default that is after 31 days", at = Page.RPC)
    void unusedSubscriptionExpiresAfterAMonth(World w) {
        w.newsAndFirst();
        w.pass(31 * DAY - 3_600);
        // reading the definition is an operation on the subscription: here it may only be the last
        w.pass(7_200);
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
    }

    @Rule(value = "a subscription that is pulled from lives on", at = Page.RPC)
    void usedSubscriptionLives(World w) {
        w.newsAndFirst(ttl(DAY));
        for (int i = 0; i < 3; i++) {
            w.pass(DAY - 3_600);
            w.nothing("first");
        }
        w.publish("news", "m");
        w.drains("first", "m");
    }

    @Rule(value = "so does one with an open stream", at = Page.RPC)
    void streamedSubscriptionLives(World w) {
        w.newsAndFirst(ttl(DAY));
        PullingStream stream = w.stream("first");
        w.publish("news", "a");
        stream.ack(stream.received(1));
        w.settle();
        w.pass(2 * DAY);
        w.publish("news", "b");
        stream.received(2);
    }

    @Rule(value = "a policy without ttl: it never expires", at = Page.RPC)
    void policyWithoutTtlNeverExpires(World w) {
        w.newsAndFirst(one -> one.setExpirationPolicy(ExpirationPolicy.getDefaultInstance()));
        assertThat(w.get("first").getExpirationPolicy().hasTtl()).isFalse();
        w.pass(40 * DAY);
        assertThat(w.get("first").getName()).isEqualTo(w.subscriptionName("first"));
    }

    private static UnaryOperator<Subscription.Builder> retention(int seconds) {
        return one -> one.setMessageRetentionDuration(seconds(seconds));
    }

    private static UnaryOperator<Subscription.Builder> ttl(int seconds) {
        return one ->
                one.setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(seconds(seconds)))
                        .setMessageRetentionDuration(seconds(DAY));
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
