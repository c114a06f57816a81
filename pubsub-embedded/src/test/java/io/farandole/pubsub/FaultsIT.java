package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Topic;
import io.farandole.pubsub.faults.Fault;
import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.time.TestClock;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients see of faults that were asked for. */
@Timeout(30)
class FaultsIT {

    private static final int DEADLINE_SECONDS = 10;

    private final TestClock clock = TestClock.atNow();
    private final EmbeddedPubSub server = EmbeddedPubSub.builder().clock(clock).start();
    private final GoogleClient client = new GoogleClient(server.endpoint());
    private final Faults faults = server.faults();

    @AfterEach
    void stop() {
        faults.clear();
        client.close();
        server.close();
    }

    @Test
    void handsOutSomeMessagesTwiceTheSameOnesForTheSameSeed() {
        assertThat(duplicatesOf("one", 42))
                .isEqualTo(duplicatesOf("two", 42))
                .isNotEqualTo(duplicatesOf("three", 43))
                .hasSizeBetween(20, 80);
    }

    /** What was received more than once of two hundred messages. */
    private Set<String> duplicatesOf(String id, long seed) {
        try (EmbeddedPubSub fresh = EmbeddedPubSub.start();
                GoogleClient reader = new GoogleClient(fresh.endpoint())) {
            fresh.faults().seed(seed).onTopic(topic(id)).duplicate().chance(0.2);
            reader.create(id, id);
            Queue<String> received = new ConcurrentLinkedQueue<>();
            reader.publish(id, numbered("", 200));
            reader.receive(
                    id,
                    (message, reply) -> {
                        received.add(message.getData().toStringUtf8());
                        reply.ack();
                    });
            await().until(() -> received.size() == 200 + fresh.faults().injected(Fault.DUPLICATE));
            TreeSet<String> seen = new TreeSet<>();
            TreeSet<String> again = new TreeSet<>();
            received.stream().filter(text -> !seen.add(text)).forEach(again::add);
            assertThat(seen).hasSize(200);
            return again;
        }
    }

    @Test
    void forgetsAnAcknowledgementThatItAnswered() {
        client.create("news", "first");
        client.publish("news", message("m"));
        faults.onSubscription(subscription("first")).dropAcknowledgements().times(1);
        acknowledge(pull("first").getFirst());
        assertThat(faults.injected(Fault.DROP_ACKNOWLEDGEMENT)).isEqualTo(1);
        assertThat(pull("first")).isEmpty();
        clock.advance(Duration.ofSeconds(DEADLINE_SECONDS + 1));
        acknowledge(pull("first").getFirst());
        clock.advance(Duration.ofSeconds(DEADLINE_SECONDS + 1));
        assertThat(pull("first")).isEmpty();
    }

    @Test
    void delaysAKeyAndNoOther() {
        client.createOrdered("news", "first");
        faults.onSubscription(subscription("first"))
                .key("ann")
                .delay(Duration.ofSeconds(3))
                .times(1);
        client.publish("news", message("a1", "ann"), message("a2", "ann"));
        client.publish("news", message("b1", "bob"));
        assertThat(texts(pull("first"))).containsExactly("b1");
        clock.advance(Duration.ofMillis(2_900));
        assertThat(pull("first")).isEmpty();
        clock.advance(Duration.ofMillis(200));
        assertThat(texts(pull("first"))).containsExactly("a1", "a2");
    }

    @Test
    void reordersMessagesAndKeysAndNeverWithinAKey() {
        client.createOrdered("news", "first");
        faults.seed(1).onTopic(topic("news")).reorder(Duration.ofSeconds(10)).chance(0.5);
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (String key : new String[] {"", "ann", "bob", "cid"}) {
                client.publish("news", message(key + i, key));
                published.add(key + i);
            }
        }
        List<String> received = new ArrayList<>();
        for (int step = 0; step < 28; step++) {
            List<ReceivedMessage> some = pull("first");
            received.addAll(texts(some));
            some.forEach(this::acknowledge);
            clock.advance(Duration.ofMillis(400));
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(published).isNotEqualTo(published);
        for (String key : new String[] {"ann", "bob", "cid"}) {
            assertThat(received.stream().filter(text -> text.startsWith(key))).isSorted();
        }
        assertThat(received.stream().filter(text -> text.length() == 1).toList()).isNotEmpty();
        assertThat(faults.injected(Fault.REORDER)).isBetween(8L, 32L);
    }

    @Test
    void bringsBackAKeyWithItsLaterOnes() {
        client.createOrdered("news", "first");
        List<ReceivedMessage> received = new ArrayList<>();
        StreamedMessages stream =
                StreamedMessages.of(client.channel, subscription("first"), DEADLINE_SECONDS);
        client.publish("news", message("1", "ann"), message("2", "ann"));
        await().until(() -> stream.received().size() == 2);
        stream.acknowledge(stream.received().getLast().getAckId());
        faults.onSubscription(subscription("first")).redeliverFollowers().times(1);
        client.publish("news", message("3", "ann"));
        await().until(() -> stream.received().size() == 6);
        received.addAll(stream.received());
        assertThat(texts(received)).containsExactly("1", "2", "3", "1", "2", "3");
        stream.close();
    }

    @Test
    void endsStreamsAndGoogleClientOpensThemAgain() {
        client.create("news", "first");
        Queue<String> received = new ConcurrentLinkedQueue<>();
        client.receive(
                "first",
                (message, reply) -> {
                    received.add(message.getMessageId());
                    reply.ack();
                });
        faults.onSubscription(subscription("first")).killStreams(Status.Code.UNAVAILABLE).times(3);
        for (int i = 0; i < 5; i++) {
            client.publish("news", message("m" + i));
            int least = i + 1;
            await().until(() -> new TreeSet<>(received).size() == least);
        }
        assertThat(faults.injected(Fault.KILL_STREAM)).isEqualTo(3);
        await().until(() -> server.subscriptionCounts().getFirst().acknowledged() == 5);
    }

    @Test
    void endsTheOpenStreamsOfASubscriptionWithAStatus() {
        client.create("news", "first", "second");
        StreamedMessages first = StreamedMessages.of(client.channel, subscription("first"), 10);
        StreamedMessages second = StreamedMessages.of(client.channel, subscription("second"), 10);
        await().until(() -> first.isOpen() && second.isOpen());
        assertThat(
                        faults.onSubscription(subscription("first"))
                                .killOpenStreams(Status.Code.INTERNAL))
                .isEqualTo(1);
        assertThat(first.end().getCode()).isEqualTo(Status.Code.INTERNAL);
        client.publish("news", message("m"));
        await().until(() -> second.received().size() == 1);
        assertThat(texts(pull("first"))).containsExactly("m");
        second.close();
    }

    @Test
    void failsPublishesBeforeOrAfterTheyTakeEffect() {
        client.create("news", "first");
        faults.onTopic(topic("news")).failPublishes(Status.Code.UNAVAILABLE).times(1);
        faults.onTopic(topic("news"))
                .key("ann")
                .failPublishesAfterwards(Status.Code.DEADLINE_EXCEEDED)
                .times(1);
        fails(Status.Code.UNAVAILABLE, message("before", "ann"));
        fails(Status.Code.DEADLINE_EXCEEDED, message("after", "ann"));
        client.publish("news", message("well", "ann"));
        assertThat(texts(pull("first"))).containsExactly("after", "well");
    }

    @Test
    void stallsASubscriptionUntilItIsThawed() {
        client.create("news", "first", "second");
        try (var _ = faults.onSubscription(subscription("first")).freeze()) {
            client.publish("news", message("m"));
            assertThat(pull("first")).isEmpty();
            assertThat(texts(pull("second"))).containsExactly("m");
        }
        assertThat(texts(pull("first"))).containsExactly("m");
    }

    @Test
    void stallsATopicUntilItIsThawed() throws Exception {
        client.create("news", "first");
        client.create("other", "second");
        ListenableFuture<PublishResponse> published;
        try (var _ = faults.onTopic(topic("news")).freeze()) {
            published =
                    PublisherGrpc.newFutureStub(client.channel)
                            .publish(request("news", message("m")));
            client.publish("other", message("m"));
            assertThat(pull("first")).isEmpty();
            assertThat(published.isDone()).isFalse();
        }
        assertThat(published.get(10, TimeUnit.SECONDS).getMessageIdsCount()).isEqualTo(1);
        assertThat(texts(pull("first"))).containsExactly("m");
    }

    @Test
    void stallsAllCallsUntilItIsThawed() throws Exception {
        client.create("news", "first");
        ListenableFuture<Topic> asked;
        ListenableFuture<PublishResponse> published;
        try (var frozen = faults.everywhere().freeze()) {
            asked =
                    PublisherGrpc.newFutureStub(client.channel)
                            .getTopic(GetTopicRequest.newBuilder().setTopic(topic("news")).build());
            published =
                    PublisherGrpc.newFutureStub(client.channel)
                            .publish(request("news", message("m")));
            await().until(() -> frozen.held() >= 4);
            assertThat(asked.isDone() || published.isDone()).isFalse();
        }
        assertThat(asked.get(10, TimeUnit.SECONDS).getName()).isEqualTo(topic("news"));
        assertThat(published.get(10, TimeUnit.SECONDS).getMessageIdsCount()).isEqualTo(1);
        assertThat(texts(pull("first"))).containsExactly("m");
    }

    private void fails(Status.Code code, PubsubMessage message) {
        assertThatThrownBy(
                        () ->
                                PublisherGrpc.newBlockingStub(client.channel)
                                        .publish(request("news", message)))
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }

    private static PublishRequest request(String id, PubsubMessage message) {
        return PublishRequest.newBuilder().setTopic(topic(id)).addMessages(message).build();
    }

    private static PubsubMessage[] numbered(String key, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> message("m" + number, key))
                .toArray(PubsubMessage[]::new);
    }

    private void acknowledge(ReceivedMessage received) {
        client.subscriptions.acknowledge(subscription("first"), List.of(received.getAckId()));
    }

    private static List<String> texts(List<ReceivedMessage> received) {
        return received.stream().map(one -> one.getMessage().getData().toStringUtf8()).toList();
    }

    @SuppressWarnings("deprecation") // an answer at once is what a test of silence needs
    private List<ReceivedMessage> pull(String id) {
        return client.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription(id))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }
}
