package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.PushConfig.NoWrapper;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.PushEndpoint.Pushed;
import io.farandole.pubsub.time.TestClock;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Push subscriptions, against an HTTP server on loopback. */
@Timeout(30)
class PushIT {

    private static final Duration MOMENT = Duration.ofMillis(200);

    private final TestClock clock = TestClock.atNow();
    private final PushEndpoint endpoint = new PushEndpoint();
    private EmbeddedPubSub server = EmbeddedPubSub.builder().clock(clock).start();
    private GoogleClient client = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        client.close();
        server.close();
        endpoint.close();
    }

    @Test
    void postsTheDocumentedJson() {
        client.create("news");
        subscribe(Subscription.newBuilder(), push());
        String id =
                client.publish(
                                "news",
                                message("Hello", "ann").toBuilder().putAttributes("k", "é").build())
                        .getFirst();
        Pushed pushed = awaitPushed(1).getFirst();
        String time = Timestamps.toString(Timestamps.fromMillis(clock.millis()));
        JsonObject expected =
                JsonParser.parseString(
                                """
                                {"message": {"attributes": {"k": "é"}, "data": "SGVsbG8=",
                                 "messageId": "ID", "message_id": "ID", "orderingKey": "ann",
                                 "publishTime": "TIME", "publish_time": "TIME"},
                                 "subscription": "SUBSCRIPTION"}
                                """
                                        .replace("ID", id)
                                        .replace("TIME", time)
                                        .replace("SUBSCRIPTION", subscription("pushed")))
                        .getAsJsonObject();
        assertThat(pushed.json()).isEqualTo(expected);
        assertThat(pushed.path()).isEqualTo("/push");
        assertThat(pushed.headers().getFirst("Content-Type")).isEqualTo("application/json");
        awaitAcknowledged(1);
    }

    @Test
    void postsTheBareDataWithAndWithoutMetadata() {
        client.create("news");
        subscribe(
                Subscription.newBuilder(),
                push().setNoWrapper(NoWrapper.newBuilder().setWriteMetadata(true)));
        PubsubMessage message =
                message("{}", "ann").toBuilder()
                        .putAttributes("Content-Type", "text/x")
                        .putAttributes("kind", "a")
                        .putAttributes("no header", "b")
                        .build();
        String id = client.publish("news", message).getFirst();
        Pushed with = awaitPushed(1).getFirst();
        assertThat(with.body()).isEqualTo("{}");
        assertThat(with.headers().getFirst("X-goog-pubsub-message-id")).isEqualTo(id);
        assertThat(with.headers().getFirst("X-goog-pubsub-subscription-name"))
                .isEqualTo(subscription("pushed"));
        assertThat(with.headers().getFirst("X-goog-pubsub-ordering-key")).isEqualTo("ann");
        assertThat(with.headers().getFirst("X-goog-pubsub-publish-time")).endsWith("Z");
        assertThat(with.headers().getFirst("Content-Type")).isEqualTo("text/x");
        assertThat(with.headers().getFirst("Kind")).isEqualTo("a");

        configure(push().setNoWrapper(NoWrapper.getDefaultInstance()));
        client.publish("news", message);
        Pushed without = awaitPushed(2).getLast();
        assertThat(without.body()).isEqualTo("{}");
        assertThat(without.headers().keySet())
                .noneMatch(header -> header.startsWith("X-goog"))
                .doesNotContain("Kind");
    }

    @Test
    void takesOnlyTheDocumentedAnswersForAcknowledgements() {
        client.create("news");
        subscribe(Subscription.newBuilder(), push());
        Set<String> again = ConcurrentHashMap.newKeySet();
        endpoint.answer(pushed -> again.add(pushed.text()) ? Integer.parseInt(pushed.text()) : 200);
        List<Integer> good = List.of(200, 201, 202, 204);
        List<Integer> bad = List.of(203, 301, 404, 500);
        for (int status : good) {
            client.publish("news", message("" + status));
        }
        awaitAcknowledged(good.size());
        assertThat(endpoint.texts()).hasSize(good.size());
        int expected = good.size();
        for (int status : bad) {
            client.publish("news", message("" + status));
            awaitPushed(++expected);
            awaitIdle();
            clock.advance(Duration.ofSeconds(1));
            awaitPushed(++expected);
        }
        awaitAcknowledged(good.size() + bad.size());
        assertThat(endpoint.received()).hasSize(good.size() + 2 * bad.size());
    }

    @Test
    void givesUpOnARequestAtTheDeadline() {
        client.create("news");
        subscribe(Subscription.newBuilder().setAckDeadlineSeconds(20), push());
        CountDownLatch never = new CountDownLatch(1);
        endpoint.answerAfter(never);
        client.publish("news", messages(5));
        awaitPushed(4);
        clock.advance(Duration.ofSeconds(20).minus(MOMENT));
        assertThat(outstanding()).isEqualTo(4);
        endpoint.answer(_ -> 200);
        clock.advance(MOMENT.multipliedBy(2));
        // the fifth waits for room, which there is only when the others are given up
        await().untilAsserted(
                        () -> {
                            clock.advance(MOMENT); // the pause after a failure
                            assertThat(endpoint.texts()).hasSize(9).contains("m4");
                        });
        awaitAcknowledged(5);
        never.countDown();
    }

    @Test
    void letsAMessageRestAsTheRetryPolicySays() {
        client.create("news");
        subscribe(
                Subscription.newBuilder().setRetryPolicy(RetryPolicy.getDefaultInstance()), push());
        endpoint.answer(_ -> 500);
        client.publish("news", message("m"));
        awaitPushed(1);
        int expected = 1;
        for (int rest : new int[] {10, 20, 40}) {
            awaitIdle();
            clock.advance(Duration.ofSeconds(rest).minus(MOMENT));
            assertThat(outstanding()).as("just before %d s", rest).isZero();
            clock.advance(MOMENT.multipliedBy(2));
            awaitPushed(++expected);
        }
    }

    @Test
    void pausesAfterAFailureForAWhile() {
        client.create("news");
        subscribe(Subscription.newBuilder(), push());
        endpoint.answer(_ -> 500);
        client.publish("news", message("m"));
        awaitPushed(1);
        awaitIdle();
        endpoint.answer(_ -> 200);
        client.publish("news", message("n"));
        assertThat(outstanding()).isZero();
        clock.advance(Duration.ofMillis(100));
        awaitAcknowledged(2);
    }

    @Test
    void keepsOneMessageOfAKeyOnItsWay() {
        client.create("news");
        subscribe(Subscription.newBuilder().setEnableMessageOrdering(true), push());
        CountDownLatch open = new CountDownLatch(1);
        endpoint.answerAfter(open);
        client.publish("news", message("a1", "ann"), message("a2", "ann"), message("a3", "ann"));
        client.publish("news", message("b1", "bob"));
        awaitPushed(2);
        assertThat(outstanding()).isEqualTo(2);
        assertThat(endpoint.texts()).containsExactlyInAnyOrder("a1", "b1");
        open.countDown();
        awaitAcknowledged(4);
        assertThat(endpoint.texts()).containsSubsequence("a1", "a2", "a3").hasSize(4);
    }

    @Test
    void beginsWithAFewAtOnce() {
        client.create("news");
        subscribe(Subscription.newBuilder(), push());
        CountDownLatch open = new CountDownLatch(1);
        endpoint.answerAfter(open);
        client.publish("news", messages(100));
        awaitPushed(4);
        assertThat(outstanding()).isEqualTo(4);
        open.countDown();
        awaitAcknowledged(100);
        assertThat(endpoint.texts()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void changesBetweenPullAndPush() {
        client.create("news", "pushed");
        StreamedMessages stream = StreamedMessages.of(client.channel, subscription("pushed"), 10);
        await().until(stream::isOpen);
        client.publish("news", message("pulled"));
        await().until(() -> stream.received().size() == 1);

        configure(push());
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        awaitPushed(1);
        awaitAcknowledged(1);
        assertThat(client.subscriptions.getSubscription(subscription("pushed")).getPushConfig())
                .isEqualTo(push().putAttributes("x-goog-version", "v1").build());
        assertThatThrownBy(() -> client.subscriptions.pull(subscription("pushed"), 1))
                .satisfies(PushIT::isFailedPrecondition)
                .hasMessageContaining("pushes");
        assertThat(StreamedMessages.of(client.channel, subscription("pushed"), 10).end().getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);

        configure(PushConfig.newBuilder());
        client.publish("news", message("pulled again"));
        List<ReceivedMessage> pulled =
                client.subscriptions.pull(subscription("pushed"), 1).getReceivedMessagesList();
        assertThat(pulled).hasSize(1);
        assertThat(endpoint.texts()).containsExactly("pulled");
    }

    @Test
    void refusesOtherMachinesAndTokens() {
        client.create("news");
        refused(
                Status.Code.INVALID_ARGUMENT,
                PushConfig.newBuilder().setPushEndpoint("https://example.com/push"));
        refused(
                Status.Code.UNIMPLEMENTED,
                push().setOidcToken(
                                PushConfig.OidcToken.newBuilder().setServiceAccountEmail("a@b.c")));
        client.subscribe(Subscription.newBuilder(), "news", "pushed");
        assertThatThrownBy(
                        () ->
                                configure(
                                        PushConfig.newBuilder()
                                                .setPushEndpoint("http://10.0.0.1/")))
                .hasMessageContaining("this machine only");
    }

    @Test
    void goesOnAfterARestart(@TempDir Path journal) {
        client.close();
        server.close();
        start(journal);
        client.create("news");
        subscribe(Subscription.newBuilder(), push());
        endpoint.answer(_ -> 500);
        client.publish("news", message("m"));
        awaitPushed(1);
        client.close();
        server.close();
        endpoint.answer(_ -> 200);
        start(journal);
        awaitPushed(2);
        awaitAcknowledged(1);
        assertThat(topic("news")).isEqualTo(server.topicCounts().getFirst().topic());
    }

    private void start(Path journal) {
        server = EmbeddedPubSub.builder().clock(clock).journal(journal).start();
        client = new GoogleClient(server.endpoint());
    }

    private static PubsubMessage[] messages(int number) {
        return IntStream.range(0, number)
                .mapToObj(one -> message("m" + one))
                .toArray(PubsubMessage[]::new);
    }

    private PushConfig.Builder push() {
        return PushConfig.newBuilder().setPushEndpoint(endpoint.url());
    }

    private void subscribe(Subscription.Builder subscription, PushConfig.Builder config) {
        client.subscribe(subscription.setPushConfig(config), "news", "pushed");
    }

    private void configure(PushConfig.Builder config) {
        client.subscriptions.modifyPushConfig(subscription("pushed"), config.build());
    }

    private void refused(Status.Code code, PushConfig.Builder config) {
        assertThatThrownBy(() -> subscribe(Subscription.newBuilder(), config))
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
    }

    private static void isFailedPrecondition(Throwable thrown) {
        assertThat(Status.fromThrowable(thrown).getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    private List<Pushed> awaitPushed(int number) {
        await().until(() -> endpoint.received().size() >= number);
        return endpoint.received();
    }

    private void awaitIdle() {
        await().until(() -> outstanding() == 0);
    }

    private int outstanding() {
        return server.subscriptionCounts().getFirst().outstanding();
    }

    private void awaitAcknowledged(int number) {
        await().until(() -> server.subscriptionCounts().getFirst().acknowledged() == number);
    }
}
