package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaView;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** What outlives the server's process: the real one never forgets; the emulator has no storage. */
final class RestartCases {

    @Rule(
            value = "what was published stays until it is acknowledged",
            at = Page.OVERVIEW,
            ours = true)
    void backlogOutlivesTheServer(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b", "c");
        ReceivedMessage acknowledged = w.pullOne("first");
        w.ack("first", acknowledged.getAckId());
        w.subject().restart();
        List<String> left = new ArrayList<>(List.of("a", "b", "c"));
        left.remove(World.text(acknowledged));
        w.drains("first", left.toArray(String[]::new));
    }

    @Rule(value = "topics and subscriptions stay as they are", at = Page.OVERVIEW, ours = true)
    void definitionsOutliveTheServer(World w) {
        w.newsAndFirst(one -> one.setAckDeadlineSeconds(33).putLabels("a", "b"));
        w.topic("gone");
        w.deleteTopic("gone");
        Subscription before = w.get("first");
        w.subject().restart();
        assertThat(w.get("first")).isEqualTo(before);
        Answers.refused(Code.ALREADY_EXISTS, () -> w.topic("news"));
        assertThat(w.topic("gone").getName()).isEqualTo(w.topicName("gone"));
    }

    @Rule(value = "ids are unique within the topic, for ever", at = Page.RPC, ours = true)
    void idsAreNeverUsedAgain(World w) {
        w.newsAndFirst();
        List<String> ids = new ArrayList<>(w.publish("news", World.message("a")));
        w.subject().restart();
        ids.addAll(w.publish("news", World.message("b")));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(w.pull("first", 2))
                .extracting(received -> received.getMessage().getMessageId())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Rule(value = "a key's order stays", at = Page.ORDERING, ours = true)
    void orderOutlivesTheServer(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"), World.keyed("k", "3"));
        w.ack("first", w.pullNow("first", 1).getFirst().getAckId());
        w.subject().restart();
        w.stream("first").receives("2", "3");
    }

    @Rule(value = "a seek stays done", at = Page.REPLAY, ours = true)
    void seekOutlivesTheServer(World w) {
        w.newsAndFirst(SeekCases::retaining);
        w.publish("news", "a", "b");
        w.drains("first", "a", "b");
        SeekCases.seek(w, SeekCases.LONG_AGO);
        w.subject().restart();
        w.drains("first", "a", "b");
    }

    @Rule(value = "a snapshot stays, with what it holds", at = Page.REPLAY, ours = true)
    void snapshotOutlivesTheServer(World w) {
        w.newsAndFirst();
        w.publish("news", "m");
        var _ =
                w.subscriber()
                        .createSnapshot(
                                CreateSnapshotRequest.newBuilder()
                                        .setName(w.snapshotName("shot"))
                                        .setSubscription(w.subscriptionName("first"))
                                        .build());
        w.drains("first", "m");
        w.subject().restart();
        w.nothing("first");
        var _ =
                w.subscriber()
                        .seek(
                                SeekRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .setSnapshot(w.snapshotName("shot"))
                                        .build());
        w.drains("first", "m");
    }

    @Rule(value = "a detached subscription stays so", at = Page.DETACH, ours = true)
    void detachmentOutlivesTheServer(World w) {
        w.newsAndFirst();
        var _ =
                w.publisher()
                        .detachSubscription(
                                DetachSubscriptionRequest.newBuilder()
                                        .setSubscription(w.subscriptionName("first"))
                                        .build());
        w.subject().restart();
        assertThat(w.get("first").getDetached()).isTrue();
        Answers.refused(Code.FAILED_PRECONDITION, () -> w.pullNow("first", 1));
    }

    @Rule(value = "a schema stays, and its topic enforces it", at = Page.SCHEMAS, ours = true)
    void schemaOutlivesTheServer(World w) {
        Schema created = SchemaCases.create(w, "film", SchemaCases.avro(SchemaCases.AVRO));
        w.topic(
                "news",
                topic ->
                        topic.setSchemaSettings(
                                com.google.pubsub.v1.SchemaSettings.newBuilder()
                                        .setSchema(created.getName())
                                        .setEncoding(com.google.pubsub.v1.Encoding.JSON)));
        w.subject().restart();
        assertThat(SchemaCases.get(w, "film", SchemaView.FULL)).isEqualTo(created);
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", "{}"));
    }
}
