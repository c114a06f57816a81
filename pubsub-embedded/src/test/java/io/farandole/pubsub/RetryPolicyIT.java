package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.time.TestClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * For how long a message rests: by what became of its deliveries, and on a key with its followers.
 */
@Timeout(30)
class RetryPolicyIT {

    private static final java.time.Duration MOMENT = java.time.Duration.ofMillis(200);

    private final TestClock clock = TestClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final EmbeddedPubSub server = EmbeddedPubSub.builder().clock(clock).start();
    private final RawClient client = new RawClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void isToldInFullAlsoWhereItSaysNothing() {
        client.createTopic("news");
        assertThat(subscribe(RetryPolicy.newBuilder(), false).getRetryPolicy())
                .isEqualTo(
                        RetryPolicy.newBuilder()
                                .setMinimumBackoff(seconds(10))
                                .setMaximumBackoff(seconds(600))
                                .build());
    }

    @Test
    void holdsForMissedDeadlinesToo() {
        client.createTopic("news");
        subscribe(bounds(5, 15), false);
        client.publish("news", "m");
        assertThat(client.pull("first")).hasSize(1);
        clock.advance(java.time.Duration.ofSeconds(10));
        assertThat(restsFor(5)).hasSize(1);
        clock.advance(java.time.Duration.ofSeconds(10));
        client.giveBack("first", restsFor(10));
        assertThat(restsFor(15)).hasSize(1);
    }

    @Test
    void keepsAKeyBackAndInOrder() {
        client.createTopic("news");
        subscribe(bounds(5, 600), true);
        client.publishKeyed("news", "a", "1", "2", "3");
        List<ReceivedMessage> taken = client.pull("first");
        assertThat(RawClient.texts(taken)).containsExactly("1", "2", "3");
        client.acknowledge("first", List.of(taken.get(0), taken.get(2)));
        client.giveBack("first", List.of(taken.get(1)));
        client.publishKeyed("news", "b", "other");
        assertThat(RawClient.texts(client.pull("first"))).containsExactly("other");
        clock.advance(java.time.Duration.ofSeconds(5).minus(MOMENT));
        assertThat(client.pull("first")).isEmpty();
        clock.advance(MOMENT.multipliedBy(2));
        assertThat(RawClient.texts(client.pull("first"))).containsExactly("2", "3");
    }

    @Test
    void isImmediateWithoutAPolicy() {
        client.createTopic("news");
        client.subscribe("news", "first");
        client.publish("news", "m");
        for (int i = 0; i < 20; i++) {
            List<ReceivedMessage> taken = client.pull("first");
            assertThat(taken).hasSize(1);
            client.giveBack("first", taken);
        }
    }

    private List<ReceivedMessage> restsFor(int seconds) {
        clock.advance(java.time.Duration.ofSeconds(seconds).minus(MOMENT));
        assertThat(client.pull("first")).as("just before %d s", seconds).isEmpty();
        clock.advance(MOMENT.multipliedBy(2));
        List<ReceivedMessage> taken = client.pull("first");
        assertThat(taken).as("after %d s", seconds).hasSize(1);
        return taken;
    }

    private Subscription subscribe(RetryPolicy.Builder policy, boolean ordered) {
        return client.subscribe(
                Subscription.newBuilder().setRetryPolicy(policy).setEnableMessageOrdering(ordered),
                "news",
                "first");
    }

    private static RetryPolicy.Builder bounds(int least, int most) {
        return RetryPolicy.newBuilder()
                .setMinimumBackoff(seconds(least))
                .setMaximumBackoff(seconds(most));
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
