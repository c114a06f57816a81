package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.Collections;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** The documented limits, each from both sides. */
final class LimitCases {

    private static final long DAY = 86_400;

    @Rule(value = "a publish request has 1,000 messages at most", at = Page.QUOTAS)
    void thousandMessagesARequest(World w) {
        w.topic("news");
        assertThat(w.publish("news", times(1_000))).hasSize(1_000);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", times(1_001)));
    }

    @Rule(value = "a publish request has 10 MB at most", at = Page.QUOTAS)
    void tenMegabytesARequest(World w) {
        w.topic("news");
        assertThat(w.publish("news", ofBytes(9_999_000))).hasSize(1);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", ofBytes(10_000_001)));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", ofBytes(6_000_000), ofBytes(6_000_000)));
    }

    @Rule(value = "a message has 100 attributes at most", at = Page.QUOTAS)
    void hundredAttributes(World w) {
        w.topic("news");
        w.publish("news", withAttributes(100));
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", withAttributes(101)));
    }

    @Rule(value = "an attribute's key has 256 bytes at most", at = Page.QUOTAS)
    void attributeKeyBytes(World w) {
        w.topic("news");
        w.publish("news", World.with("k".repeat(256), "v"));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", World.with("k".repeat(257), "v")));
    }

    @Rule(value = "an attribute's value has 1,024 bytes at most", at = Page.QUOTAS)
    void attributeValueBytes(World w) {
        w.topic("news");
        w.publish("news", World.with("k", "v".repeat(1_024)));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", World.with("k", "v".repeat(1_025))));
    }

    @Rule(value = "bytes are counted, not characters", at = Page.QUOTAS)
    void bytesAreCounted(World w) {
        w.topic("news");
        w.publish("news", World.with("é".repeat(128), "✓".repeat(341)));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", World.with("é".repeat(129), "v")));
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", World.with("k", "✓".repeat(342))));
    }

    @Rule(value = "attributes that begin with \"goog\" are reserved", at = Page.PUBLISHER)
    void googAttributesAreReserved(World w) {
        w.topic("news");
        Answers.refused(
                Code.INVALID_ARGUMENT, () -> w.publish("news", World.with("googclient_x", "v")));
    }

    @Rule(value = "an ordering key has 1 KB at most", at = Page.ORDERING)
    void orderingKeyBytes(World w) {
        w.topic("news");
        w.publish("news", World.keyed("k".repeat(1_024), "m"));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", World.keyed("k".repeat(1_025), "m")));
    }

    @Rule(value = "the ack deadline is 10 to 600 s", at = Page.SUBSCRIPTION_PROPERTIES)
    void ackDeadlineBounds(World w) {
        bounds(
                w,
                10,
                600,
                seconds -> seconds,
                (w1, seconds) -> w1.setAckDeadlineSeconds((int) (long) seconds));
    }

    @Rule(value = "a subscription retains messages for 10 minutes to 31 days", at = Page.RPC)
    void retentionBounds(World w) {
        bounds(
                w,
                600,
                31 * DAY,
                LimitCases::seconds,
                (subscription, time) -> subscription.setMessageRetentionDuration(time));
    }

    @Rule(value = "a subscription expires after a day at the earliest", at = Page.RPC)
    void expirationBounds(World w) {
        w.topic("news");
        w.subscription("good", "news", one -> expiring(one, DAY));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.subscription("bad", "news", one -> expiring(one, DAY - 1)));
    }

    @Rule(value = "back-off is 0 to 600 s, at least and at most", at = Page.RPC)
    void backoffBounds(World w) {
        bounds(
                w,
                0,
                600,
                LimitCases::seconds,
                (subscription, time) ->
                        subscription.setRetryPolicy(
                                RetryPolicy.newBuilder()
                                        .setMinimumBackoff(time)
                                        .setMaximumBackoff(time)));
    }

    @Rule(value = "a pull returns 1,000 messages at most", at = Page.QUOTAS)
    void thousandMessagesAPull(World w) {
        w.newsAndFirst();
        w.publish("news", times(1_000));
        w.publish("news", times(1_000));
        assertThat(w.pullNow("first", 2_000)).hasSizeBetween(1, 1_000);
    }

    private interface Setting<T> {
        void on(Subscription.Builder subscription, T value);
    }

    private static <T> void bounds(
            World w, long least, long most, LongFunction<T> value, Setting<T> setting) {
        w.topic("news");
        for (long good : new long[] {least, most}) {
            w.subscription("good" + good, "news", set(setting, value.apply(good)));
        }
        for (long bad : new long[] {least - 1, most + 1}) {
            Answers.refused(
                    Code.INVALID_ARGUMENT,
                    () ->
                            w.subscription(
                                    "bad" + (bad + 1), "news", set(setting, value.apply(bad))));
        }
    }

    private static <T> UnaryOperator<Subscription.Builder> set(Setting<T> setting, T value) {
        return subscription -> {
            setting.on(subscription, value);
            return subscription;
        };
    }

    private static PubsubMessage[] times(int count) {
        return Collections.nCopies(count, World.message("m")).toArray(PubsubMessage[]::new);
    }

    private static PubsubMessage ofBytes(int size) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[size])).build();
    }

    private static PubsubMessage withAttributes(int count) {
        PubsubMessage.Builder message = PubsubMessage.newBuilder();
        for (int i = 0; i < count; i++) {
            message.putAttributes("k" + i, "v");
        }
        return message.build();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static Subscription.Builder expiring(Subscription.Builder subscription, long ttl) {
        // no message may outlive the subscription
        return subscription
                .setMessageRetentionDuration(seconds(3_600))
                .setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(seconds(ttl)));
    }
}
