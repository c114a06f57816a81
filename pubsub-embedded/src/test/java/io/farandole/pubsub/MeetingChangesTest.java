package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.farandole.pubsub.journal.ForgetfulDisk;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that come while an earlier one is still on its way to the disk. */
class MeetingChangesTest {

    private static final String TOPIC = ServerLife.topic("news");
    private static final String READER = ServerLife.subscription("reader");
    private static final String SNAPSHOT = "projects/p/snapshots/before";

    private final ServerLife server = new ServerLife(null, Storage.PAYLOAD_HEAP);
    private final PublisherService publisher = new PublisherService(server.broker);
    private final SubscriberService subscriber = new SubscriberService(server.broker);
    private CountDownLatch held = new CountDownLatch(0);

    @BeforeEach
    void start() {
        assertThat(server.create("news")).isTrue();
        assertThat(server.subscribe("news", "reader", false)).isTrue();
        publish();
        done(createSnapshot());
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.close();
    }

    @Test
    void updatesOfASubscriptionAllCount() {
        hold();
        Answer<Subscription> labels = update(reader().putLabels("a", "b"), "labels");
        Answer<Subscription> deadline =
                update(reader().setAckDeadlineSeconds(77), "ack_deadline_seconds");
        Answer<Empty> push = new Answer<>();
        subscriber.modifyPushConfig(
                ModifyPushConfigRequest.newBuilder()
                        .setSubscription(READER)
                        .setPushConfig(
                                PushConfig.newBuilder().setPushEndpoint("http://127.0.0.1:1/"))
                        .build(),
                push);
        Answer<DetachSubscriptionResponse> detach = new Answer<>();
        publisher.detachSubscription(
                DetachSubscriptionRequest.newBuilder().setSubscription(READER).build(), detach);
        Answer<Subscription> retain =
                update(reader().setRetainAckedMessages(true), "retain_acked_messages");
        release();
        done(labels);
        done(deadline);
        done(push);
        done(detach);
        Subscription last = done(retain);
        assertThat(last).isEqualTo(live(READER).definition());
        assertThat(last.getLabelsMap()).containsEntry("a", "b");
        assertThat(last.getAckDeadlineSeconds()).isEqualTo(77);
        assertThat(last.getPushConfig().getPushEndpoint()).isEqualTo("http://127.0.0.1:1/");
        assertThat(last.getDetached()).isTrue();
        assertThat(last.getRetainAckedMessages()).isTrue();
    }

    @Test
    void updatesOfATopicAllCount() {
        hold();
        Answer<Topic> labels = update(news().putLabels("a", "b"), "labels");
        Answer<Topic> retention =
                update(
                        news().setMessageRetentionDuration(Duration.newBuilder().setSeconds(3_600)),
                        "message_retention_duration");
        release();
        done(labels);
        Topic last = done(retention);
        assertThat(last.getLabelsMap()).containsEntry("a", "b");
        assertThat(last.getMessageRetentionDuration().getSeconds()).isEqualTo(3_600);
        assertThat(server.broker.topic(TOPIC).orElseThrow().definition()).isEqualTo(last);
    }

    @Test
    void updatesOfASnapshotAllCount() {
        Timestamp expires =
                Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + 7_200).build();
        hold();
        Answer<Snapshot> labels = update(before().putLabels("a", "b"), "labels");
        Answer<Snapshot> expiry = update(before().setExpireTime(expires), "expire_time");
        release();
        done(labels);
        Snapshot last = done(expiry);
        assertThat(last.getLabelsMap()).containsEntry("a", "b");
        assertThat(last.getExpireTime()).isEqualTo(expires);
    }

    @Test
    void aSubscriptionThatIsDeletedStaysSo() {
        hold();
        Answer<Empty> deletion = deleteReader();
        Answer<Subscription> update = update(reader().putLabels("a", "b"), "labels");
        Answer<Empty> again = deleteReader();
        Answer<Snapshot> snapshot = createSnapshot("projects/p/snapshots/behind");
        release();
        done(deletion);
        refused(Code.NOT_FOUND, update);
        refused(Code.NOT_FOUND, again);
        refused(Code.NOT_FOUND, snapshot);
        assertThat(server.broker.subscription(READER)).isEmpty();
    }

    @Test
    void aTopicThatIsDeletedStaysSo() {
        hold();
        Answer<Empty> deletion = deleteTopic();
        Answer<Topic> update = update(news().putLabels("a", "b"), "labels");
        release();
        done(deletion);
        refused(Code.NOT_FOUND, update);
        assertThat(server.broker.topic(TOPIC)).isEmpty();
        assertThat(live(READER).definition().getTopic()).isEqualTo(Resources.DELETED_TOPIC);
    }

    @Test
    void aSnapshotThatIsDeletedStaysSo() {
        hold();
        Answer<Empty> deletion = new Answer<>();
        subscriber.deleteSnapshot(
                DeleteSnapshotRequest.newBuilder().setSnapshot(SNAPSHOT).build(), deletion);
        Answer<Snapshot> update = update(before().putLabels("a", "b"), "labels");
        release();
        done(deletion);
        refused(Code.NOT_FOUND, update);
        assertThat(server.broker.snapshots().all()).isEmpty();
    }

    @Test
    void whatIsPublishedBehindTheDeletionOfItsTopicGetsNoIds() {
        hold();
        Answer<Empty> deletion = deleteTopic();
        Answer<PublishResponse> publish = server.publish("news", "", List.of("late"));
        release();
        done(deletion);
        refused(Code.NOT_FOUND, publish);
        assertThat(server.look("reader")).hasSize(1);
    }

    @Test
    void oneOfTwoCreationsIsRefused() {
        hold();
        Answer<Snapshot> first = createSnapshot("projects/p/snapshots/twice");
        Answer<Snapshot> second = createSnapshot("projects/p/snapshots/twice");
        release();
        done(first);
        refused(Code.ALREADY_EXISTS, second);
    }

    @Test
    void whatIsDeletedCanBeCreatedAgainAtOnce() {
        hold();
        Answer<Empty> deletion = deleteTopic();
        Answer<Topic> creation = new Answer<>();
        publisher.createTopic(news().build(), creation);
        release();
        done(deletion);
        done(creation);
        assertThat(server.broker.topic(TOPIC)).isPresent();
    }

    /** The second may look before the first is there, and go on when it is. */
    @Test
    void neverAreTwoCreationsOfOneNameDone() {
        for (int round = 0; round < 5_000; round++) {
            Topic topic = Topic.newBuilder().setName(TOPIC + round).build();
            List<Answer<Topic>> answers =
                    IntStream.range(0, 3).mapToObj(_ -> new Answer<Topic>()).toList();
            List<Thread> callers =
                    answers.stream()
                            .map(
                                    answer ->
                                            Thread.ofVirtual()
                                                    .start(
                                                            () ->
                                                                    publisher.createTopic(
                                                                            topic, answer)))
                            .toList();
            callers.forEach(Uninterruptibles::joinUninterruptibly);
            Stream<@Nullable Topic> created =
                    answers.stream().map(answer -> answer.await(ServerLife.PATIENCE));
            assertThat(created.filter(one -> one != null)).hasSize(1);
        }
    }

    @Test
    void aChangeThatFailsLetsTheNextOneGo() {
        ForgetfulDisk disk = new ForgetfulDisk(RandomGenerator.getDefault());
        try (ServerLife onDisk = new ServerLife(disk.files(100_000), Storage.PAYLOAD_HEAP)) {
            assertThat(onDisk.create("news")).isTrue();
            PublisherService there = new PublisherService(onDisk.broker);
            disk.room(0);
            Answer<Topic> full = new Answer<>();
            there.updateTopic(request(news().putLabels("a", "b"), "labels"), full);
            refused(Code.RESOURCE_EXHAUSTED, full);
            disk.room(Long.MAX_VALUE);
            Answer<Topic> next = new Answer<>();
            there.updateTopic(
                    request(
                            news().setMessageRetentionDuration(
                                            Duration.newBuilder().setSeconds(3_600)),
                            "message_retention_duration"),
                    next);
            assertThat(done(next).getLabelsMap()).isEmpty();
        }
    }

    /** From now on nothing that is appended is applied. */
    private void hold() {
        held = new CountDownLatch(1);
        CountDownLatch until = held;
        server.broker.create(
                Topic.newBuilder().setName(ServerLife.topic("held")).build(),
                new Reply<>(
                        new StreamObserver<>() {
                            @Override
                            public void onNext(Topic created) {
                                Uninterruptibles.awaitUninterruptibly(until);
                            }

                            @Override
                            public void onError(Throwable refusal) {}

                            @Override
                            public void onCompleted() {}
                        }));
    }

    private void release() {
        held.countDown();
    }

    private void publish() {
        done(server.publish("news", "", List.of("early")));
    }

    private LiveSubscription live(String name) {
        return server.broker.subscription(name).orElseThrow();
    }

    private static Subscription.Builder reader() {
        return Subscription.newBuilder().setName(READER);
    }

    private static Topic.Builder news() {
        return Topic.newBuilder().setName(TOPIC);
    }

    private static Snapshot.Builder before() {
        return Snapshot.newBuilder().setName(SNAPSHOT);
    }

    private Answer<Subscription> update(Subscription.Builder wanted, String field) {
        Answer<Subscription> answer = new Answer<>();
        subscriber.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(wanted)
                        .setUpdateMask(mask(field))
                        .build(),
                answer);
        return answer;
    }

    private Answer<Topic> update(Topic.Builder wanted, String field) {
        Answer<Topic> answer = new Answer<>();
        publisher.updateTopic(request(wanted, field), answer);
        return answer;
    }

    private static UpdateTopicRequest request(Topic.Builder wanted, String field) {
        return UpdateTopicRequest.newBuilder().setTopic(wanted).setUpdateMask(mask(field)).build();
    }

    private Answer<Snapshot> update(Snapshot.Builder wanted, String field) {
        Answer<Snapshot> answer = new Answer<>();
        subscriber.updateSnapshot(
                UpdateSnapshotRequest.newBuilder()
                        .setSnapshot(wanted)
                        .setUpdateMask(mask(field))
                        .build(),
                answer);
        return answer;
    }

    private static FieldMask mask(String field) {
        return FieldMask.newBuilder().addPaths(field).build();
    }

    private Answer<Snapshot> createSnapshot() {
        return createSnapshot(SNAPSHOT);
    }

    private Answer<Snapshot> createSnapshot(String name) {
        Answer<Snapshot> answer = new Answer<>();
        subscriber.createSnapshot(
                CreateSnapshotRequest.newBuilder().setName(name).setSubscription(READER).build(),
                answer);
        return answer;
    }

    private Answer<Empty> deleteReader() {
        Answer<Empty> answer = new Answer<>();
        subscriber.deleteSubscription(
                DeleteSubscriptionRequest.newBuilder().setSubscription(READER).build(), answer);
        return answer;
    }

    private Answer<Empty> deleteTopic() {
        Answer<Empty> answer = new Answer<>();
        publisher.deleteTopic(DeleteTopicRequest.newBuilder().setTopic(TOPIC).build(), answer);
        return answer;
    }

    private static <T> T done(Answer<T> answer) {
        @Nullable T value = answer.await(ServerLife.PATIENCE);
        if (value == null) {
            throw new AssertionError("was refused: " + answer.refusal());
        }
        return value;
    }

    private static void refused(Code code, Answer<?> answer) {
        answer.await(ServerLife.PATIENCE);
        assertThat(answer.refusal()).isNotNull().extracting(Status::getCode).isEqualTo(code);
    }
}
