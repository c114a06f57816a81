package io.farandole.pubsub;

import static io.farandole.pubsub.RawClient.snapshot;
import static io.farandole.pubsub.RawClient.subscription;
import static io.farandole.pubsub.RawClient.texts;
import static io.farandole.pubsub.RawClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListTopicSnapshotsRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Seeks to times and snapshots, as clients ask for them. */
class SeekIT {

    private static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1).build();

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final RawClient client = new RawClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bringsBackWhatTheSubscriptionRetainsFromATimeOn() {
        client.createTopic("news");
        client.subscribe(Subscription.newBuilder().setRetainAckedMessages(true), "news", "reader");
        client.publish("news", "1", "2");
        List<ReceivedMessage> first = client.pull("reader");
        client.acknowledge("reader", first);
        tick();
        client.publish("news", "3", "4");
        assertThat(client.drain("reader")).containsExactly("3", "4");
        client.seek("reader", LONG_AGO);
        Timestamp third =
                client.pull("reader").stream()
                        .map(ReceivedMessage::getMessage)
                        .filter(message -> message.getData().toStringUtf8().equals("3"))
                        .findFirst()
                        .orElseThrow()
                        .getPublishTime();
        client.seek("reader", third);
        assertThat(client.get("reader").getRetainAckedMessages()).isTrue();
        // what a receiver has from before goes on being its own
        assertThat(client.pull("reader")).isEmpty();
        assertThat(counts("reader").outstanding()).isEqualTo(2);
    }

    @Test
    void purgesByASeekToTheFutureAndComesBackFromIt() {
        client.createTopic("news");
        client.subscribe(Subscription.newBuilder().setRetainAckedMessages(true), "news", "keeper");
        client.subscribe("news", "forgetter");
        client.publish("news", "1", "2");
        Timestamp future = timestamp(Instant.now().plusSeconds(3_600));
        client.seek("keeper", future);
        client.seek("forgetter", future);
        assertThat(client.pull("keeper")).isEmpty();
        assertThat(client.pull("forgetter")).isEmpty();
        client.publish("news", "3");
        client.seek("keeper", LONG_AGO);
        client.seek("forgetter", LONG_AGO);
        assertThat(client.drain("keeper")).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(client.drain("forgetter")).containsExactly("3");
    }

    @Test
    void bringsBackWhatTheTopicRetainsAlsoToALaterSubscription() {
        client.createTopic(
                Topic.newBuilder()
                        .setMessageRetentionDuration(Duration.newBuilder().setSeconds(600)),
                "news");
        client.subscribe("news", "early");
        client.publish("news", "1", "2", "3");
        assertThat(client.drain("early")).hasSize(3);
        client.subscribe(Subscription.newBuilder().setEnableMessageOrdering(true), "news", "late");
        assertThat(client.get("late").getTopicMessageRetentionDuration().getSeconds())
                .isEqualTo(600);
        assertThat(client.pull("late")).isEmpty();
        client.seek("late", LONG_AGO);
        client.seek("early", LONG_AGO);
        assertThat(client.drain("late")).containsExactly("1", "2", "3");
        assertThat(client.drain("early")).containsExactly("1", "2", "3");
        var _ =
                client.publisher.updateTopic(
                        UpdateTopicRequest.newBuilder()
                                .setTopic(Topic.newBuilder().setName(topic("news")))
                                .setUpdateMask(
                                        FieldMask.newBuilder()
                                                .addPaths("message_retention_duration"))
                                .build());
        assertThat(client.get("late").hasTopicMessageRetentionDuration()).isFalse();
        client.seek("late", LONG_AGO);
        assertThat(client.pull("late")).isEmpty();
    }

    @Test
    void keepsTheOrderOfKeysAfterASeek() {
        client.createTopic("activity");
        client.subscribe(
                Subscription.newBuilder()
                        .setEnableMessageOrdering(true)
                        .setRetainAckedMessages(true),
                "activity",
                "reader");
        client.publishKeyed("activity", "a", "1", "2", "3");
        client.publishKeyed("activity", "b", "4");
        List<ReceivedMessage> first = client.pull("reader");
        client.acknowledge("reader", first.subList(0, 1));
        client.seek("reader", LONG_AGO);
        List<ReceivedMessage> second = client.pull("reader");
        // of the other key nothing came back, so that its lease goes on
        assertThat(texts(second)).containsExactly("1", "2", "3");
        // acknowledgements of what was handed out before the seek count no more
        client.acknowledge("reader", first.subList(0, 3));
        client.giveBack("reader", second.subList(0, 1));
        assertThat(client.drain("reader")).containsExactly("1", "2", "3");
    }

    @Test
    void takesTheStateOfASnapshotAlsoToAnotherSubscription() {
        client.createTopic("news");
        client.subscribe("news", "reader");
        client.subscribe("news", "other");
        client.publish("news", "1", "2");
        client.acknowledge("reader", client.pull("reader").subList(0, 1));
        Snapshot created = client.createSnapshot("reader", "before");
        assertThat(created.getTopic()).isEqualTo(topic("news"));
        client.publish("news", "3");
        client.giveBack("other", client.pull("other"));
        assertThat(client.drain("other")).containsExactlyInAnyOrder("1", "2", "3");
        client.seek("other", "before");
        assertThat(client.drain("other")).containsExactly("2", "3");
        client.seek("other", "before");
        assertThat(client.drain("other")).containsExactly("2", "3");
        client.subscribe(Subscription.newBuilder().setEnableMessageOrdering(true), "news", "new");
        client.seek("new", "before");
        assertThat(client.drain("new")).containsExactly("2", "3");
    }

    @Test
    void createsGetsListsUpdatesAndDeletesSnapshots() {
        client.createTopic("news");
        client.createTopic("others");
        client.subscribe("news", "reader");
        client.subscribe("others", "stranger");
        Snapshot first = client.createSnapshot("reader", "first");
        Snapshot unnamed = client.createSnapshot("reader", "");
        assertThat(unnamed.getName()).startsWith(snapshot("snapshot-"));
        assertThat(Instant.ofEpochSecond(first.getExpireTime().getSeconds()))
                .isBetween(
                        Instant.now().plusSeconds(7 * 86_400 - 60),
                        Instant.now().plusSeconds(7 * 86_400));
        refused(Status.Code.ALREADY_EXISTS, () -> client.createSnapshot("reader", "first"));
        refused(Status.Code.NOT_FOUND, () -> client.createSnapshot("nobody", "second"));
        refused(Status.Code.INVALID_ARGUMENT, () -> client.createSnapshot("reader", "1st"));
        refused(
                Status.Code.UNIMPLEMENTED,
                () ->
                        client.subscriber.createSnapshot(
                                CreateSnapshotRequest.newBuilder()
                                        .setName(snapshot("tagged"))
                                        .setSubscription(subscription("reader"))
                                        .putTags("a", "b")
                                        .build()));
        assertThat(get("first")).isEqualTo(first);
        assertThat(list()).containsExactly(first, unnamed);
        assertThat(listOfTopic("news")).containsExactly(first.getName(), unnamed.getName());
        assertThat(listOfTopic("others")).isEmpty();
        Timestamp sooner = timestamp(Instant.now().plusSeconds(100));
        Snapshot updated =
                update(
                        first.toBuilder().setExpireTime(sooner).putLabels("a", "b"),
                        "expire_time",
                        "labels");
        assertThat(get("first")).isEqualTo(updated);
        assertThat(updated.getExpireTime()).isEqualTo(sooner);
        assertThat(updated.getLabelsMap()).containsEntry("a", "b");
        refused(Status.Code.INVALID_ARGUMENT, () -> update(first.toBuilder(), "topic"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> update(first.toBuilder().setExpireTime(LONG_AGO), "expire_time"));
        refused(Status.Code.INVALID_ARGUMENT, () -> client.seek("stranger", "first"));
        refused(Status.Code.NOT_FOUND, () -> client.seek("reader", "nothing"));
        refused(Status.Code.NOT_FOUND, () -> client.seek("nobody", "first"));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () ->
                        client.subscriber.seek(
                                SeekRequest.newBuilder()
                                        .setSubscription(subscription("reader"))
                                        .build()));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> client.seek("reader", Timestamp.newBuilder().setNanos(-1).build()));
        delete("first");
        refused(Status.Code.NOT_FOUND, () -> get("first"));
        refused(Status.Code.NOT_FOUND, () -> delete("first"));
        assertThat(listOfTopic("news")).containsExactly(unnamed.getName());
        var _ =
                client.publisher.deleteTopic(
                        DeleteTopicRequest.newBuilder().setTopic(topic("news")).build());
        assertThat(list()).extracting(Snapshot::getTopic).containsExactly("_deleted-topic_");
        refused(Status.Code.FAILED_PRECONDITION, () -> client.createSnapshot("reader", "third"));
    }

    private Snapshot get(String id) {
        return client.subscriber.getSnapshot(
                GetSnapshotRequest.newBuilder().setSnapshot(snapshot(id)).build());
    }

    private List<Snapshot> list() {
        return client.subscriber
                .listSnapshots(
                        ListSnapshotsRequest.newBuilder().setProject(RawClient.PROJECT).build())
                .getSnapshotsList();
    }

    private List<String> listOfTopic(String id) {
        return client.publisher
                .listTopicSnapshots(
                        ListTopicSnapshotsRequest.newBuilder().setTopic(topic(id)).build())
                .getSnapshotsList();
    }

    private Snapshot update(Snapshot.Builder wanted, String... paths) {
        return client.subscriber.updateSnapshot(
                UpdateSnapshotRequest.newBuilder()
                        .setSnapshot(wanted)
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .build());
    }

    private void delete(String id) {
        var _ =
                client.subscriber.deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshot(snapshot(id)).build());
    }

    private SubscriptionCounts counts(String id) {
        return server.subscriptionCounts().stream()
                .filter(one -> one.subscription().equals(subscription(id)))
                .findFirst()
                .orElseThrow();
    }

    /** Until messages have another publish time. */
    private static void tick() {
        long now = System.currentTimeMillis();
        org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(1))
                .until(() -> System.currentTimeMillis() > now);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }
}
