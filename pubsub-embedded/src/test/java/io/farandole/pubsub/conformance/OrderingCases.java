package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Messages with ordering keys, on subscriptions that keep them in order. */
final class OrderingCases {

    @Rule(
            value = "messages of a key come in the order in which they were published",
            at = Page.ORDERING)
    void keyComesInOrder(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream stream = w.stream("first");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add("m" + i);
            w.publish("news", World.keyed("k", "m" + i));
        }
        stream.receives(sent.toArray(String[]::new));
    }

    @Rule(value = "also those that were published in one request", at = Page.ORDERING)
    void requestComesInOrder(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        w.publish(
                "news",
                IntStream.range(0, 100)
                        .mapToObj(i -> World.keyed("k", "m" + i))
                        .toArray(PubsubMessage[]::new));
        w.stream("first")
                .receives(IntStream.range(0, 100).mapToObj(i -> "m" + i).toArray(String[]::new));
    }

    @Rule(value = "each of many keys is kept in order", at = Page.ORDERING)
    void manyKeysAreKeptInOrder(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        for (int i = 0; i < 10; i++) {
            for (String key : List.of("a", "b", "c")) {
                w.publish("news", World.keyed(key, key + i));
            }
        }
        List<String> received = World.texts(w.stream("first").received(30));
        for (String key : List.of("a", "b", "c")) {
            assertThat(received.stream().filter(text -> text.startsWith(key)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10).mapToObj(i -> key + i).toList());
        }
    }

    @Rule(
            value =
                    "a message that is delivered again brings all later ones of its key, also acknowledged ones",
            at = Page.ORDERING)
    void redeliveryBringsTheLaterOnes(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream stream = w.stream("first");
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"), World.keyed("k", "3"));
        List<ReceivedMessage> received = stream.receives("1", "2", "3");
        stream.ack(received.subList(1, 2));
        w.settle();
        stream.deadline(0, received.getFirst());
        stream.receives("1", "2", "3", "1", "2", "3");
    }

    @Rule(value = "so does one whose ack deadline passes", at = Page.ORDERING)
    void expiryBringsTheLaterOnes(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream stream = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"));
        List<ReceivedMessage> received = stream.receives("1", "2");
        stream.deadline(60, received.get(1));
        w.settle();
        w.pass(11);
        stream.receives("1", "2", "1", "2");
    }

    @Rule(value = "earlier messages of the key stay acknowledged", at = Page.ORDERING)
    void redeliveryLeavesTheEarlierOnes(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream stream = w.stream("first");
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"), World.keyed("k", "3"));
        List<ReceivedMessage> received = stream.receives("1", "2", "3");
        stream.ack(received.subList(0, 1));
        w.settle();
        stream.deadline(0, received.get(1));
        stream.receives("1", "2", "3", "2", "3");
    }

    @Rule(
            value = "a pull has one batch of a key outstanding at a time: the key waits for it",
            at = Page.ORDERING)
    void keyWaitsForWhatIsOutstanding(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        w.publish("news", World.keyed("k", "1"));
        w.publish("news", World.keyed("k", "2"));
        List<ReceivedMessage> first = w.pull("first", 1);
        assertThat(World.texts(first)).containsExactly("1");
        w.nothing("first");
        w.ack("first", first);
        assertThat(World.text(w.pullOne("first"))).isEqualTo("2");
    }

    @Rule(value = "while a stream has some of a key, it gets the further ones", at = Page.ORDERING)
    void keyStaysWithItsStream(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream one = w.stream("first");
        PullingStream other = w.stream("first");
        w.settle();
        for (int i = 0; i < 40; i++) {
            w.publish("news", World.keyed("k", "m" + i));
        }
        w.eventually(() -> assertThat(one.soFar().size() + other.soFar().size()).isEqualTo(40));
        assertThat(List.of(one.soFar().size(), other.soFar().size())).containsOnly(0, 40);
    }

    @Rule(value = "when that stream breaks, another gets them, in order", at = Page.ORDERING)
    void brokenStreamsKeyGoesOnInOrder(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        PullingStream lost = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"));
        lost.receives("1", "2");
        lost.cancel();
        w.settle();
        PullingStream next = w.stream("first");
        w.publish("news", World.keyed("k", "3"));
        w.pass(11);
        next.receives("1", "2", "3");
    }

    @Rule(value = "a message without a key waits for none", at = Page.ORDERING)
    void messagesWithoutKeyWaitForNone(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        w.publish("news", World.keyed("k", "held"));
        w.pullOne("first");
        w.publish("news", "a", "b");
        assertThat(World.texts(w.pull("first", 2))).containsExactlyInAnyOrder("a", "b");
    }

    @Rule(value = "an outstanding key leaves the others free", at = Page.ORDERING)
    void otherKeysGoOn(World w) {
        w.newsAndFirst(OrderingCases::ordered);
        w.publish("news", World.keyed("k", "held"));
        w.pullOne("first");
        w.publish("news", World.keyed("other", "free"));
        assertThat(World.text(w.pullOne("first"))).isEqualTo("free");
    }

    @Rule(
            value = "without enable_message_ordering the key is delivered, and orders nothing",
            at = Page.ORDERING)
    void unorderedSubscriptionIgnoresKeys(World w) {
        w.newsAndFirst();
        w.publish("news", World.keyed("k", "1"));
        w.publish("news", World.keyed("k", "2"));
        assertThat(w.pullOne("first").getMessage().getOrderingKey()).isEqualTo("k");
        w.pullOne("first");
    }

    @Rule(value = "a key whose message backs off comes back later, in order", at = Page.RETRIES)
    void keyBacksOffInOrder(World w) {
        w.newsAndFirst(
                subscription ->
                        ordered(subscription)
                                .setRetryPolicy(
                                        RetryPolicy.newBuilder()
                                                .setMinimumBackoff(
                                                        Duration.newBuilder().setSeconds(10))));
        PullingStream stream = w.stream("first");
        w.publish("news", World.keyed("k", "1"), World.keyed("k", "2"));
        stream.deadline(0, stream.receives("1", "2").getFirst());
        stream.staysAt(2);
        w.pass(15);
        stream.receives("1", "2", "1", "2");
    }

    static Subscription.Builder ordered(Subscription.Builder subscription) {
        return subscription.setEnableMessageOrdering(true);
    }
}
