package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;

/** When a message that failed is delivered again. */
final class RetryCases {

    @Rule(value = "without a retry policy a message is delivered again at once", at = Page.RETRIES)
    void retriedAtOnceWithoutPolicy(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        for (int i = 0; i < 4; i++) {
            w.nack("first", w.pullOne("first").getAckId());
        }
        w.pullOne("first");
    }

    @Rule(value = "with one, a nacked message rests for minimum_backoff", at = Page.RETRIES)
    void nackedRestsForTheMinimum(World w) {
        w.newsAndFirst(subscription -> backoff(subscription, 10, 600));
        w.publish("news", "m");
        w.nack("first", w.pullOne("first").getAckId());
        w.nothing("first");
        w.pass(8);
        w.nothing("first");
        w.pass(8);
        w.pullOne("first");
    }

    @Rule(value = "so does one whose ack deadline passed", at = Page.RPC)
    void expiredRestsForTheMinimum(World w) {
        w.newsAndFirst(subscription -> backoff(subscription, 20, 600));
        w.publish("news", "m");
        w.pullOne("first");
        w.pass(14);
        w.nothing("first");
        w.pass(26);
        w.pullOne("first");
    }

    @Rule(value = "each further back-off is longer: it grows exponentially", at = Page.RETRIES)
    void backoffGrows(World w) {
        w.newsAndFirst(subscription -> backoff(subscription, 4, 600));
        w.publish("news", "m");
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(5);
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(5);
        w.nothing("first");
        w.pass(5);
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(9);
        w.nothing("first");
        w.pass(9);
        w.pullOne("first");
    }

    @Rule(value = "it grows to maximum_backoff, and no further", at = Page.RETRIES)
    void backoffHasAMaximum(World w) {
        w.newsAndFirst(subscription -> backoff(subscription, 3, 5));
        w.publish("news", "m");
        for (int i = 0; i < 5; i++) {
            w.nack("first", w.pullOne("first").getAckId());
            w.pass(6);
        }
        w.pullOne("first");
    }

    @Rule(value = "a policy that says nothing means 10 to 600 s", at = Page.RPC)
    void policyHasDefaults(World w) {
        w.topic("news");
        Subscription created =
                w.subscription(
                        "first",
                        "news",
                        subscription ->
                                subscription.setRetryPolicy(RetryPolicy.getDefaultInstance()));
        assertThat(created.hasRetryPolicy()).isTrue();
        w.publish("news", "m");
        w.nack("first", w.pullOne("first").getAckId());
        w.pass(8);
        w.nothing("first");
        w.pass(8);
        w.pullOne("first");
    }

    @Rule(value = "back-off is one message's; others are delivered meanwhile", at = Page.RETRIES)
    void othersGoOnMeanwhile(World w) {
        w.newsAndFirst(subscription -> backoff(subscription, 100, 600));
        w.publish("news", "m");
        w.nack("first", w.pullOne("first").getAckId());
        w.publish("news", "other");
        assertThat(World.text(w.pullOne("first"))).isEqualTo("other");
    }

    static Subscription.Builder backoff(Subscription.Builder subscription, int least, int most) {
        return subscription.setRetryPolicy(
                RetryPolicy.newBuilder()
                        .setMinimumBackoff(Duration.newBuilder().setSeconds(least))
                        .setMaximumBackoff(Duration.newBuilder().setSeconds(most)));
    }
}
