package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.pubsub.journal.JournaledMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What survives the end of a server, and its being killed. */
class DurabilityIT {

    @TempDir Path directory;

    @Test
    void keepsTopicsSubscriptionsAndWhatIsNotAcknowledged() {
        List<String> published;
        try (EmbeddedPubSub server = start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create("news", "first", "gone");
            client.createOrdered("activity", "reader");
            client.create("old");
            client.topics.deleteTopic(topic("old"));
            client.subscriptions.deleteSubscription(subscription("gone"));
            client.subscribe(Subscription.newBuilder().putLabels("a", "b"), "news", "second");
            published = client.publish("news", message("1"), message("2"), message("3"));
            acknowledge(client, "first", 2);
        }
        try (EmbeddedPubSub server = start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            assertThat(server.topicCounts())
                    .extracting(TopicCounts::topic)
                    .containsExactly(topic("activity"), topic("news"));
            assertThat(client.subscriptions.getSubscription(subscription("second")).getLabelsMap())
                    .containsEntry("a", "b");
            assertThat(
                            client.subscriptions
                                    .getSubscription(subscription("reader"))
                                    .getEnableMessageOrdering())
                    .isTrue();
            assertThat(acknowledge(client, "first", 10)).containsExactly(published.get(2));
            assertThat(acknowledge(client, "second", 10)).containsExactlyElementsOf(published);
            assertThat(Long.parseLong(client.publish("news", message("4")).getFirst()))
                    .isGreaterThan(Long.parseLong(published.get(2)));
        }
        assertThat(JournalReader.read(directory, _ -> {})).isEqualTo(4);
        List<String> bodies = new ArrayList<>();
        assertThat(
                        JournalReader.read(
                                directory,
                                topic -> !topic.equals(topic("news")),
                                JournaledMessage::messageId,
                                bodies::add))
                .isZero();
        assertThat(bodies).isEmpty();
        assertThat(JournalReader.topics(directory))
                .extracting(Topic::getName)
                .containsExactly(topic("activity"), topic("news"));
    }

    @Test
    void saysThatTheDirectoryIsInUseByAnotherProcess() throws Exception {
        ServerProcess other = ServerProcess.start(directory);
        assertThatThrownBy(this::start)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(directory.toRealPath().toString())
                .hasMessageContaining("in use by process");
        other.kill();
        start().close();
    }

    /** Kills a server again and again while it takes publishes and acknowledgements. */
    @Test
    @Timeout(180)
    void losesNoAcknowledgedPublishWhenKilled() throws Exception {
        RandomGenerator random = RandomGenerator.getDefault();
        Map<String, String> acknowledgedPublishes = new ConcurrentHashMap<>();
        Set<String> received = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 3; round++) {
            int enough = acknowledgedPublishes.size() + 500 + random.nextInt(1_500);
            publishUntilKilled(round, enough, acknowledgedPublishes, received);
        }

        List<String> inJournal = new ArrayList<>();
        JournalReader.read(directory, message -> inJournal.add(message.messageId()));
        Set<String> distinct = new HashSet<>(inJournal);
        assertThat(distinct).hasSameSizeAs(inJournal);
        assertThat(distinct.containsAll(acknowledgedPublishes.keySet())).isTrue();

        try (EmbeddedPubSub server = start();
                GoogleClient client = new GoogleClient(server.endpoint())) {
            client.receive(
                    "first",
                    (message, reply) -> {
                        received.add(message.getData().toStringUtf8());
                        reply.ack();
                    });
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () ->
                                    assertThat(missing(acknowledgedPublishes, received))
                                            .as(() -> server.subscriptionCounts().toString())
                                            .isEmpty());
            String next = client.publish("news", message("next")).getFirst();
            assertThat(inJournal).allMatch(id -> Long.parseLong(id) < Long.parseLong(next));
        }
    }

    private void publishUntilKilled(
            int round, int enough, Map<String, String> acknowledgedPublishes, Set<String> received)
            throws Exception {
        ServerProcess process = ServerProcess.start(directory);
        AtomicBoolean killed = new AtomicBoolean();
        GoogleClient client = new GoogleClient(process.endpoint);
        try {
            if (round == 0) {
                client.create("news", "first");
            }
            client.receive(
                    "first",
                    (message, reply) -> {
                        received.add(message.getData().toStringUtf8());
                        reply.ack();
                    });
            Publisher publisher = client.publisher("news", false, 10);
            // not waited for: it may hang in the flow control of a client that retries
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                for (int i = 0; !killed.get() && i < 200_000; i++) {
                                    String text = round + "-" + i;
                                    ApiFutures.addCallback(
                                            publisher.publish(message(text)),
                                            new ApiFutureCallback<>() {
                                                @Override
                                                public void onFailure(Throwable lost) {}

                                                @Override
                                                public void onSuccess(String id) {
                                                    // a killed server's answers that were
                                                    // on their way count as well
                                                    assertThat(acknowledgedPublishes.put(id, text))
                                                            .isNull();
                                                }
                                            },
                                            Runnable::run);
                                    if (i % 100 == 99) {
                                        publisher.publishAllOutstanding();
                                    }
                                }
                            });
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> acknowledgedPublishes.size() >= enough);
            process.kill();
            killed.set(true);
        } finally {
            process.kill();
            killed.set(true);
            client.abandon();
        }
    }

    private static List<String> missing(Map<String, String> published, Set<String> received) {
        return published.values().stream()
                .filter(text -> !received.contains(text))
                .sorted()
                .toList();
    }

    private EmbeddedPubSub start() {
        return EmbeddedPubSub.builder().journal(directory).start();
    }

    private static List<String> acknowledge(GoogleClient client, String id, int max) {
        List<com.google.pubsub.v1.ReceivedMessage> received =
                client.subscriptions.pull(subscription(id), max).getReceivedMessagesList();
        client.subscriptions.acknowledge(
                subscription(id),
                received.stream().map(com.google.pubsub.v1.ReceivedMessage::getAckId).toList());
        return received.stream().map(one -> one.getMessage().getMessageId()).toList();
    }
}
