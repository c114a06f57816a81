package io.farandole.pubsub;

import static io.farandole.pubsub.RawClient.snapshot;
import static io.farandole.pubsub.RawClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.time.TestClock;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For how long messages, snapshots and subscriptions are kept, by a test clock. */
@Timeout(30)
class RetentionIT {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1).build();

    private final TestClock clock = TestClock.at(START);
    private final EmbeddedPubSub server = EmbeddedPubSub.builder().clock(clock).start();
    private final RawClient client = new RawClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aTopicRetainsMessagesForItsDuration() {
        client.createTopic(Topic.newBuilder().setMessageRetentionDuration(hours(24)), "news");
        client.subscribe("news", "reader");
        client.publish("news", "1");
        clock.advance(Duration.ofHours(12));
        client.publish("news", "2");
        assertThat(client.drain("reader")).containsExactly("1", "2");
        clock.advance(Duration.ofHours(12).minusMinutes(1));
        client.seek("reader", LONG_AGO);
        assertThat(client.drain("reader")).containsExactly("1", "2");
        clock.advance(Duration.ofMinutes(2));
        client.seek("reader", LONG_AGO);
        assertThat(client.drain("reader")).containsExactly("2");
        clock.advance(Duration.ofHours(24));
        client.seek("reader", LONG_AGO);
        assertThat(client.drain("reader")).isEmpty();
    }

    @Test
    void aSubscriptionRetainsAcknowledgedMessagesForItsDuration() {
        client.createTopic("news");
        client.subscribe(
                Subscription.newBuilder()
                        .setRetainAckedMessages(true)
                        .setMessageRetentionDuration(hours(1)),
                "news",
                "reader");
        client.publish("news", "1");
        clock.advance(Duration.ofMinutes(30));
        client.publish("news", "2");
        assertThat(client.drain("reader")).containsExactly("1", "2");
        clock.advance(Duration.ofMinutes(31));
        client.seek("reader", LONG_AGO);
        assertThat(client.drain("reader")).containsExactly("2");
        clock.advance(Duration.ofMinutes(31));
        client.seek("reader", LONG_AGO);
        assertThat(client.drain("reader")).isEmpty();
    }

    @Test
    void whatTheTopicRetainsIsThereForASubscriptionThatRetainsLess() {
        client.createTopic(Topic.newBuilder().setMessageRetentionDuration(hours(24)), "news");
        client.subscribe(
                Subscription.newBuilder().setMessageRetentionDuration(hours(1)), "news", "reader");
        client.publish("news", "1");
        clock.advance(Duration.ofHours(23));
        assertThat(client.pull("reader")).hasSize(1);
        clock.advance(Duration.ofHours(2));
        assertThat(client.pull("reader")).isEmpty();
    }

    @Test
    void aSnapshotLivesForAWeekFromItsOldestMessageOn() {
        client.createTopic("news");
        client.subscribe("news", "reader");
        client.publish("news", "1");
        clock.advance(Duration.ofDays(3));
        Snapshot created = client.createSnapshot("reader", "snap");
        assertThat(Instant.ofEpochSecond(created.getExpireTime().getSeconds()))
                .isEqualTo(START.plus(Duration.ofDays(7)));
        clock.advance(Duration.ofDays(4).minusMinutes(2));
        assertThat(get("snap")).isEqualTo(created);
        refused(Status.Code.FAILED_PRECONDITION, () -> client.createSnapshot("reader", "late"));
        clock.advance(Duration.ofMinutes(4));
        await().untilAsserted(() -> refused(Status.Code.NOT_FOUND, () -> get("snap")));
        refused(Status.Code.NOT_FOUND, () -> client.seek("reader", "snap"));
    }

    @Test
    void aSubscriptionExpiresUnlessItIsUsedOrItsPropertiesChange() {
        client.createTopic("news");
        ExpirationPolicy aDay = ExpirationPolicy.newBuilder().setTtl(hours(24)).build();
        for (String id : new String[] {"idle", "pulled", "sought"}) {
            client.subscribe(
                    Subscription.newBuilder()
                            .setMessageRetentionDuration(hours(1))
                            .setExpirationPolicy(aDay),
                    "news",
                    id);
        }
        client.subscribe(
                Subscription.newBuilder()
                        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance()),
                "news",
                "eternal");
        clock.advance(Duration.ofHours(23));
        assertThat(client.pull("pulled")).isEmpty();
        client.seek("sought", LONG_AGO);
        clock.advance(Duration.ofHours(2));
        await().untilAsserted(() -> refused(Status.Code.NOT_FOUND, () -> client.get("idle")));
        assertThat(client.get("pulled").getName()).isEqualTo(subscription("pulled"));
        assertThat(client.get("sought").getName()).isEqualTo(subscription("sought"));
        clock.advance(Duration.ofDays(40));
        await().untilAsserted(() -> refused(Status.Code.NOT_FOUND, () -> client.get("pulled")));
        assertThat(client.get("eternal").getName()).isEqualTo(subscription("eternal"));
    }

    private Snapshot get(String id) {
        return client.subscriber.getSnapshot(
                GetSnapshotRequest.newBuilder().setSnapshot(snapshot(id)).build());
    }

    private static com.google.protobuf.Duration hours(int hours) {
        return com.google.protobuf.Duration.newBuilder().setSeconds(hours * 3_600L).build();
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
