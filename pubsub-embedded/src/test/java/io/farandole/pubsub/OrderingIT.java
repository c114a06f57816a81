package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Google's client sees of ordering keys. */
class OrderingIT {

    private final EmbeddedPubSub server = EmbeddedPubSub.start();
    private final GoogleClient client = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void keepsTheOrderOfEachKeyOverTwoStreams() {
        client.createOrdered("activity", "reader");
        Map<String, List<Integer>> received = new ConcurrentHashMap<>();
        MessageReceiver receiver =
                (message, reply) -> {
                    received.computeIfAbsent(
                                    message.getOrderingKey(),
                                    _ -> Collections.synchronizedList(new ArrayList<>()))
                            .add(Integer.valueOf(message.getData().toStringUtf8()));
                    reply.ack();
                };
        client.receive("reader", receiver);
        client.receive("reader", receiver);
        Publisher publisher = client.publisher("activity", true);
        for (int i = 0; i < 10_000; i++) {
            var _ = publisher.publish(message(Integer.toString(i), "key" + i % 50));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts().getFirst().acknowledged())
                                        .isEqualTo(10_000));
        assertThat(received).hasSize(50);
        received.values().forEach(ofKey -> assertThat(ofKey).hasSize(200).isSorted());
    }

    @Test
    void redeliversTheFollowersOfANackedMessageInOrder() {
        client.createOrdered("activity", "reader");
        client.publish(
                "activity",
                message("1", "k"),
                message("2", "k"),
                message("3", "k"),
                message("4", "k"),
                message("5", "k"));
        client.publish("activity", message("a", "other"));
        List<ReceivedMessage> first = pull();
        assertThat(texts(first)).containsSubsequence("1", "2", "3", "4", "5").contains("a");
        // the fourth is acknowledged, and yet it comes back with the second
        client.subscriptions.acknowledge(
                subscription("reader"), List.of(ackIdOf(first, "4"), ackIdOf(first, "1")));
        client.subscriptions.modifyAckDeadline(
                subscription("reader"), List.of(ackIdOf(first, "2")), 0);
        List<ReceivedMessage> second = pull();
        assertThat(texts(second)).containsExactly("2", "3", "4", "5");
        // what the first delivery's acknowledgement says of a later one counts no more
        client.subscriptions.acknowledge(subscription("reader"), List.of(ackIdOf(first, "5")));
        client.subscriptions.acknowledge(
                subscription("reader"), second.stream().map(ReceivedMessage::getAckId).toList());
        assertThat(server.subscriptionCounts().getFirst().acknowledged()).isEqualTo(5);
    }

    @Test
    void blocksAKeyForPullsUntilItsMessagesAreAcknowledged() {
        client.createOrdered("activity", "reader");
        client.publish("activity", message("1", "k"), message("2", "k"), message("3", "k"));
        List<ReceivedMessage> first = pull(2);
        assertThat(texts(first)).containsExactly("1", "2");
        assertThat(pull(10)).isEmpty();
        client.subscriptions.acknowledge(
                subscription("reader"), List.of(first.getFirst().getAckId()));
        assertThat(pull(10)).isEmpty();
        client.subscriptions.acknowledge(subscription("reader"), List.of(first.get(1).getAckId()));
        assertThat(texts(pull(10))).containsExactly("3");
    }

    @Test
    void redeliversInOrderWhenTheSubscriberNacksOnce() {
        client.createOrdered("activity", "reader");
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        client.receive(
                "reader",
                (message, reply) -> {
                    received.add(message.getData().toStringUtf8());
                    if (message.getData().toStringUtf8().equals("3")
                            && Collections.frequency(received, "3") == 1) {
                        reply.nack();
                    } else {
                        reply.ack();
                    }
                });
        Publisher publisher = client.publisher("activity", true);
        for (int i = 0; i < 20; i++) {
            var _ = publisher.publish(message(Integer.toString(i), "k"));
        }
        await().untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts().getFirst().acknowledged())
                                        .isEqualTo(20));
        List<String> fromTheRedelivery =
                received.subList(received.lastIndexOf("3"), received.size());
        for (int i = 3; i < 20; i++) {
            assertThat(fromTheRedelivery).contains(Integer.toString(i));
        }
    }

    private List<ReceivedMessage> pull() {
        return pull(100);
    }

    @SuppressWarnings("deprecation") // the only way to ask without waiting
    private List<ReceivedMessage> pull(int max) {
        return client.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription("reader"))
                                .setMaxMessages(max)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    private static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
    }

    private static String ackIdOf(List<ReceivedMessage> received, String text) {
        return received.stream()
                .filter(one -> one.getMessage().getData().toStringUtf8().equals(text))
                .findFirst()
                .orElseThrow()
                .getAckId();
    }
}
