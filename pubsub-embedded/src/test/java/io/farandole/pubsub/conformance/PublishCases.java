package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/** Publish: what is taken, and what becomes of it. */
final class PublishCases {

    @Rule(
            value = "each message gets an id, in the request's order, unique in its topic",
            at = Page.RPC)
    void idsAreUniqueAndInOrder(World w) {
        w.newsAndFirst();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.addAll(w.publish("news", World.message(i + "a"), World.message(i + "b")));
        }
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        for (var received : w.pull("first", 20)) {
            String text = World.text(received);
            int place = 2 * (text.charAt(0) - '0') + text.charAt(1) - 'a';
            assertThat(received.getMessage().getMessageId()).isEqualTo(ids.get(place));
        }
    }

    @Rule(value = "id and time are the server's, whatever the publisher writes", at = Page.RPC)
    void idAndTimeAreTheServers(World w) {
        w.newsAndFirst();
        PubsubMessage forged =
                World.message("m").toBuilder()
                        .setMessageId("forged")
                        .setPublishTime(Timestamp.newBuilder().setSeconds(7))
                        .build();
        String id = w.publish("news", forged).getFirst();
        PubsubMessage received = w.pullOne("first").getMessage();
        assertThat(received.getMessageId()).isEqualTo(id).isNotEqualTo("forged");
        assertThat(received.getPublishTime().getSeconds()).isGreaterThan(1_600_000_000);
    }

    @Rule(value = "data, attributes and ordering key arrive as they were sent", at = Page.PUBLISHER)
    void messageArrivesAsItWasSent(World w) {
        w.newsAndFirst();
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        PubsubMessage sent =
                PubsubMessage.newBuilder()
                        .setData(ByteString.copyFrom(everyByte))
                        .putAttributes("größe", "élan ✓")
                        .putAttributes("empty", "")
                        .setOrderingKey("a key")
                        .build();
        w.publish("news", sent);
        PubsubMessage received = w.pullOne("first").getMessage();
        assertThat(received.toBuilder().clearMessageId().clearPublishTime().build())
                .isEqualTo(sent);
    }

    @Rule(value = "Publish to a topic that does not exist is NOT_FOUND", at = Page.RPC)
    void publishNeedsItsTopic(World w) {
        Answers.refused(Code.NOT_FOUND, () -> w.publish("nowhere", "m"));
    }

    @Rule(
            value = "a message has data or an attribute; an ordering key alone is none",
            at = Page.RPC)
    void emptyMessageIsRefused(World w) {
        w.newsAndFirst();
        PubsubMessage empty = PubsubMessage.getDefaultInstance();
        Answers.refused(Code.INVALID_ARGUMENT, () -> w.publish("news", empty));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", empty.toBuilder().setOrderingKey("k").build()));
        w.publish("news", empty.toBuilder().putAttributes("a", "").build());
        assertThat(w.pullOne("first").getMessage().getAttributesMap()).containsEntry("a", "");
    }

    @Rule(value = "a request is taken whole or not at all", at = Page.ERRORS)
    void requestIsTakenWholeOrNotAtAll(World w) {
        w.newsAndFirst();
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", World.message("good"), PubsubMessage.getDefaultInstance()));
        w.nothing("first");
    }

    @Rule(value = "a request without messages is INVALID_ARGUMENT", at = Page.RPC)
    void requestNeedsMessages(World w) {
        w.topic("news");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () ->
                        w.publisher()
                                .publish(
                                        PublishRequest.newBuilder()
                                                .setTopic(w.topicName("news"))
                                                .build()));
    }

    @Rule(value = "all messages of a request have the same ordering key", at = Page.RPC)
    void requestHasOneOrderingKey(World w) {
        w.topic("news");
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", World.keyed("a", "1"), World.keyed("b", "2")));
        Answers.refused(
                Code.INVALID_ARGUMENT,
                () -> w.publish("news", World.keyed("a", "1"), World.message("2")));
    }

    @Rule(value = "each subscription of the topic gets each message", at = Page.OVERVIEW)
    void everySubscriptionGetsEveryMessage(World w) {
        w.newsAndFirst();
        w.subscription("second", "news");
        w.publish("news", "a", "b");
        w.drains("first", "a", "b");
        w.drains("second", "a", "b");
    }

    @Rule(
            value = "a subscription gets what is published after its creation only",
            at = Page.SUBSCRIBER)
    void earlierMessagesAreNotSeen(World w) {
        w.topic("news");
        w.publish("news", "early");
        w.subscription("first", "news");
        w.publish("news", "late");
        w.drains("first", "late");
    }

    @Rule(value = "messages wait until a subscriber comes", at = Page.OVERVIEW)
    void messagesWaitForTheirSubscriber(World w) {
        w.newsAndFirst();
        w.publish("news", "a", "b", "c");
        w.stream("first").received(3);
    }

    @Rule(value = "other topics' messages stay away", at = Page.OVERVIEW)
    void topicsAreApart(World w) {
        w.newsAndFirst();
        w.topic("gossip");
        w.publish("gossip", "m");
        w.nothing("first");
    }
}
