package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListSnapshotsResponse;
import com.google.pubsub.v1.ListTopicSnapshotsRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** Snapshots, and seek to them. */
final class SnapshotCases {

    private static final long DAY = 86_400;

    @Rule(value = "a snapshot names its topic and lives for 7 days at most", at = Page.RPC)
    void snapshotIsAnswered(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        ReceivedMessage now = w.pullOne("first");
        Snapshot created = snapshot(w, "shot");
        assertThat(created.getName()).isEqualTo(w.snapshotName("shot"));
        assertThat(created.getTopic()).isEqualTo(w.topicName("news"));
        long life =
                Timestamps.between(now.getMessage().getPublishTime(), created.getExpireTime())
                        .getSeconds();
        assertThat(life).isBetween(7 * DAY - 60, 7 * DAY + 60);
        assertThat(get(w, "shot")).isEqualTo(created);
    }

    @Rule(value = "it holds what was unacknowledged at its creation", at = Page.REPLAY)
    void snapshotHoldsTheBacklog(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b");
        snapshot(w, "shot");
        w.drains("first", "a", "b");
        seek(w, "first", "shot");
        w.drains("first", "a", "b");
    }

    @Rule(value = "what was acknowledged before stays so", at = Page.REPLAY)
    void snapshotLeavesOutTheAcknowledged(World w) {
        w.newsAndFirst();
        w.publish("news", "done");
        w.drains("first", "done");
        w.publish("news", "open");
        snapshot(w, "shot");
        seek(w, "first", "shot");
        w.drains("first", "open");
    }

    @Rule(value = "it holds what is published after it, too", at = Page.REPLAY)
    void snapshotHoldsLaterMessages(World w) {
        w.newsAndFirst();
        snapshot(w, "shot");
        w.publish("news", "later");
        w.drains("first", "later");
        seek(w, "first", "shot");
        w.drains("first", "later");
    }

    @Rule(value = "another subscription of the topic can seek to it", at = Page.REPLAY)
    void anotherSubscriptionCanSeekToIt(World w) {
        w.newsAndFirst();
        w.publish("news", "a");
        snapshot(w, "shot");
        w.subscription("second", "news");
        w.publish("news", "b");
        seek(w, "second", "shot");
        w.drains("second", "a", "b");
    }

    @Rule(value = "a seek to it acknowledges what it does not hold", at = Page.REPLAY)
    void seekAcknowledgesWhatItDoesNotHold(World w) {
        w.newsAndFirst();
        w.subscription("second", "news");
        w.publish("news", "a");
        w.drains("first", "a");
        snapshot(w, "shot");
        seek(w, "second", "shot");
        w.nothing("second");
    }

    @Rule(value = "snapshot and subscription must be on the same topic", at = Page.RPC)
    void snapshotIsOfOneTopic(World w) {
        w.newsAndFirst();
        snapshot(w, "shot");
        w.topic("gossip");
        w.subscription("other", "gossip");
        Answers.refusedAsOneOf(
                List.of(Code.INVALID_ARGUMENT, Code.FAILED_PRECONDITION),
                () -> seek(w, "other", "shot"));
    }

    @Rule(value = "ordered subscriptions keep their order after it", at = Page.REPLAY)
    void orderedSnapshotKeepsTheOrder(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream stream = w.stream("first");
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"));
        List<ReceivedMessage> received = stream.receives("1", "2");
        snapshot(w, "shot");
        stream.ack(received);
        w.settle();
        seek(w, "first", "shot");
        w.publish("news", World.keyed("k", "3"));
        stream.receives("1", "2", "1", "2", "3");
    }

    @Rule(value = "a snapshot that exists already is ALREADY_EXISTS", at = Page.RPC)
    void snapshotExistsAlready(World w) {
        w.newsAndFirst();
        snapshot(w, "shot");
        Answers.refused(Code.ALREADY_EXISTS, () -> snapshot(w, "shot"));
    }

    @Rule(value = "what is not there is NOT_FOUND", at = Page.RPC)
    void missingSnapshotIsNotFound(World w) {
        Answers.refused(Code.NOT_FOUND, () -> snapshot(w, "shot"));
        w.newsAndFirst();
        Answers.refused(Code.NOT_FOUND, () -> get(w, "shot"));
        Answers.refused(Code.NOT_FOUND, () -> delete(w, "shot"));
        Answers.refused(Code.NOT_FOUND, () -> seek(w, "first", "shot"));
    }

    @Rule(value = "its name keeps the rules for names", at = Page.BASICS)
    void snapshotNameKeepsTheRules(World w) {
        w.newsAndFirst();
        for (String bad : List.of("ab", "1shot", "google")) {
            Answers.refused(Code.INVALID_ARGUMENT, () -> snapshot(w, bad));
        }
    }

    @Rule(value = "a deleted snapshot is gone", at = Page.RPC)
    void deletedSnapshotIsGone(World w) {
        w.newsAndFirst();
        snapshot(w, "shot");
        delete(w, "shot");
        Answers.refused(Code.NOT_FOUND, () -> get(w, "shot"));
        Answers.refused(Code.NOT_FOUND, () -> seek(w, "first", "shot"));
        snapshot(w, "shot");
    }

    @Rule(value = "snapshots are listed by project, in pages, and by topic", at = Page.RPC)
    void snapshotsAreListed(World w) {
        w.newsAndFirst();
        for (String id : List.of("one", "two", "three")) {
            snapshot(w, id);
        }
        ListSnapshotsResponse start = list(w, "");
        assertThat(start.getSnapshotsCount()).isEqualTo(2);
        List<Snapshot> all = new ArrayList<>(start.getSnapshotsList());
        all.addAll(list(w, start.getNextPageToken()).getSnapshotsList());
        assertThat(all).containsExactlyInAnyOrder(get(w, "one"), get(w, "two"), get(w, "three"));
        assertThat(
                        w.publisher()
                                .listTopicSnapshots(
                                        ListTopicSnapshotsRequest.newBuilder()
                                                .setTopic(w.topicName("news"))
                                                .build())
                                .getSnapshotsList())
                .containsExactlyInAnyOrder(
                        w.snapshotName("one"), w.snapshotName("two"), w.snapshotName("three"));
    }

    @Rule(value = "labels can be given and updated, under a mask", at = Page.RPC)
    void snapshotCanBeUpdated(World w) {
        w.newsAndFirst();
        Snapshot created = snapshot(w, "shot");
        Snapshot.Builder wanted = created.toBuilder().putLabels("a", "b");
        assertThat(update(w, wanted, "labels").getLabelsMap()).containsEntry("a", "b");
        assertThat(get(w, "shot").getLabelsMap()).containsEntry("a", "b");
        assertThat(get(w, "shot").getExpireTime()).isEqualTo(created.getExpireTime());
        Answers.refused(Code.INVALID_ARGUMENT, () -> update(w, wanted));
    }

    @Rule(value = "its life is 7 days less the age of the oldest message", at = Page.RPC)
    void oldBacklogShortensItsLife(World w) {
        w.newsAndFirst();
        w.publish("news", "old");
        w.pass((int) (3 * DAY));
        w.publish("news", "new");
        ReceivedMessage now =
                w.pull("first", 2).stream()
                        .filter(received -> World.text(received).equals("new"))
                        .findFirst()
                        .orElseThrow();
        long life =
                Timestamps.between(
                                now.getMessage().getPublishTime(),
                                snapshot(w, "shot").getExpireTime())
                        .getSeconds();
        assertThat(life).isBetween(4 * DAY - 60, 4 * DAY + 60);
    }

    @Rule(value = "one that would live for less than an hour is FAILED_PRECONDITION", at = Page.RPC)
    void tooOldABacklogIsRefused(World w) {
        w.newsAndFirst();
        w.publish("news", "old");
        w.pass((int) (7 * DAY - 3_000));
        Answers.refused(Code.FAILED_PRECONDITION, () -> snapshot(w, "shot"));
    }

    @Rule(value = "a snapshot expires at its time", at = Page.RPC)
    void snapshotExpires(World w) {
        w.newsAndFirst();
        snapshot(w, "shot");
        w.pass((int) (7 * DAY - 3_600));
        assertThat(get(w, "shot").getName()).isEqualTo(w.snapshotName("shot"));
        w.pass(2 * 3_600);
        Answers.refused(Code.NOT_FOUND, () -> get(w, "shot"));
    }

    @Rule(value = "a snapshot without a name is given one", at = Page.RPC)
    void unnamedSnapshotIsNamed(World w) {
        w.newsAndFirst();
        Snapshot created =
                w.subscriber()
                        .createSnapshot(
                                CreateSnapshotRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .build());
        assertThat(created.getName()).startsWith(w.snapshotName(""));
    }

    private static Snapshot snapshot(World w, String id) {
        return w.subscriber()
                .createSnapshot(
                        CreateSnapshotRequest.newBuilder()
                                .setName(w.snapshotName(id))
                                .setSubscription(w.subscriptionName("first"))
                                .build());
    }

    private static Snapshot get(World w, String id) {
        return w.subscriber()
                .getSnapshot(
                        GetSnapshotRequest.newBuilder().setSnapshot(w.snapshotName(id)).build());
    }

    private static void delete(World w, String id) {
        var _ =
                w.subscriber()
                        .deleteSnapshot(
                                DeleteSnapshotRequest.newBuilder()
                                        .setSnapshot(w.snapshotName(id))
                                        .build());
    }

    private static Snapshot update(World w, Snapshot.Builder wanted, String... paths) {
        return w.subscriber()
                .updateSnapshot(
                        UpdateSnapshotRequest.newBuilder()
                                .setSnapshot(wanted)
                                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                                .build());
    }

    private static ListSnapshotsResponse list(World w, String token) {
        return w.subscriber()
                .listSnapshots(
                        ListSnapshotsRequest.newBuilder()
                                .setProject(w.project())
                                .setPageSize(2)
                                .setPageToken(token)
                                .build());
    }

    private static void seek(World w, String subscription, String snapshot) {
        var _ =
                w.subscriber()
                        .seek(
                                SeekRequest.newBuilder()
                                        .setSubscription(w.subscriptionName(subscription))
                                        .setSnapshot(w.snapshotName(snapshot))
                                        .build());
        if (!w.subject().isOurs()) {
            w.settle();
        }
    }
}
