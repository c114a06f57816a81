package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.time.TestClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, back-off, retention and expiration by a test clock: a month takes no time. */
@Timeout(30)
class ClockIT {

    private static final java.time.Duration MOMENT = java.time.Duration.ofMillis(200);
    private static final java.time.Duration MONTH = java.time.Duration.ofDays(31);

    private final TestClock clock = TestClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private EmbeddedPubSub server = EmbeddedPubSub.builder().clock(clock).start();
    private GoogleClient client = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void endsALeaseAtItsDeadline() {
        client.create("news");
        client.subscribe(Subscription.newBuilder().setAckDeadlineSeconds(600), "news", "first");
        client.publish("news", message("m"));
        assertThat(pull("first")).hasSize(1);
        clock.advance(seconds(600).minus(MOMENT));
        assertThat(pull("first")).isEmpty();
        clock.advance(MOMENT.multipliedBy(2));
        assertThat(pull("first")).hasSize(1);
    }

    @Test
    void stampsMessagesWithItsTime() {
        client.create("news", "first");
        clock.advance(MONTH);
        client.publish("news", message("m"));
        assertThat(pull("first").getFirst().getMessage().getPublishTime().getSeconds())
                .isEqualTo(Instant.parse("2030-02-01T00:00:00Z").getEpochSecond());
    }

    @Test
    void handsOutOverAStreamWhatFellDue() {
        client.create("news");
        client.subscribe(
                Subscription.newBuilder().setRetryPolicy(RetryPolicy.getDefaultInstance()),
                "news",
                "first");
        Queue<String> received = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    received.add(message.getMessageId());
                    reply.nack();
                });
        client.publish("news", message("m"));
        await().until(() -> received.size() == 1);
        await().until(() -> server.subscriptionCounts().getFirst().outstanding() == 0);
        clock.advance(seconds(10).plus(MOMENT));
        await().until(() -> received.size() == 2);
    }

    @Test
    void letsAMessageRestLongerEachTime() {
        client.create("news");
        client.subscribe(
                Subscription.newBuilder().setRetryPolicy(RetryPolicy.getDefaultInstance()),
                "news",
                "first");
        client.publish("news", message("m"));
        for (int rest : new int[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            nack(pull("first").getFirst());
            clock.advance(seconds(rest).minus(MOMENT));
            assertThat(pull("first")).as("just before %d s", rest).isEmpty();
            clock.advance(MOMENT.multipliedBy(2));
        }
        assertThat(pull("first")).hasSize(1);
    }

    @Test
    void dropsWhatIsOlderThanTheRetentionOfItsSubscription() {
        client.create("news", "week");
        client.subscribe(
                Subscription.newBuilder()
                        .setMessageRetentionDuration(
                                Duration.newBuilder().setSeconds(MONTH.toSeconds()))
                        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance()),
                "news",
                "month");
        client.publish("news", message("old"));
        clock.advance(java.time.Duration.ofDays(7).minusMinutes(2));
        assertThat(waiting("week")).isEqualTo(1);
        clock.advance(java.time.Duration.ofMinutes(4));
        assertThat(waiting("week")).isZero();
        client.publish("news", message("new"));
        clock.advanceTo(Instant.parse("2030-01-01T00:00:00Z").plus(MONTH).minusSeconds(61));
        assertThat(waiting("month")).isEqualTo(2);
        clock.advance(java.time.Duration.ofMinutes(3));
        assertThat(pull("month"))
                .extracting(received -> received.getMessage().getData().toStringUtf8())
                .containsExactly("new");
    }

    @Test
    void expiresASubscriptionThatNobodyUses() {
        client.create("news", "unused", "used");
        client.subscribe(
                Subscription.newBuilder()
                        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance()),
                "news",
                "forever");
        clock.advance(java.time.Duration.ofDays(30));
        pull("used");
        assertThat(subscriptions()).hasSize(3);
        clock.advance(java.time.Duration.ofDays(1).plusMinutes(2));
        assertThat(subscriptions())
                .containsExactlyInAnyOrder(subscription("used"), subscription("forever"));
        clock.advance(MONTH);
        assertThat(subscriptions()).containsExactly(subscription("forever"));
    }

    @Test
    void goesOnWhereItStoodWhenAServerIsStartedAgain(@TempDir Path journal) {
        stop();
        start(journal);
        client.create("news", "first");
        client.publish("news", message("before"));
        stop();
        clock.advance(java.time.Duration.ofDays(6));
        start(journal);
        clock.advance(java.time.Duration.ofDays(2));
        client.publish("news", message("after"));
        assertThat(pull("first"))
                .extracting(received -> received.getMessage().getData().toStringUtf8())
                .containsExactly("after");
    }

    private void start(Path journal) {
        server = EmbeddedPubSub.builder().clock(clock).journal(journal).start();
        client = new GoogleClient(server.endpoint());
    }

    private List<String> subscriptions() {
        return server.subscriptionCounts().stream().map(SubscriptionCounts::subscription).toList();
    }

    private int waiting(String id) {
        return server.subscriptionCounts().stream()
                .filter(counts -> counts.subscription().equals(subscription(id)))
                .findFirst()
                .orElseThrow()
                .waiting();
    }

    private void nack(ReceivedMessage received) {
        client.subscriptions.modifyAckDeadline(
                subscription("first"), List.of(received.getAckId()), 0);
    }

    @SuppressWarnings("deprecation") // an answer at once is what a test of silence needs
    private List<ReceivedMessage> pull(String id) {
        return client.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .setMaxMessages(10)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    private static java.time.Duration seconds(long number) {
        return java.time.Duration.ofSeconds(number);
    }
}
