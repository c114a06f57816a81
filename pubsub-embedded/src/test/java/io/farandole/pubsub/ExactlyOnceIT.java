package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.AckResponse;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.AcknowledgeConfirmation;
import com.google.pubsub.v1.StreamingPullResponse.ModifyAckDeadlineConfirmation;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a subscription with exactly-once delivery. */
class ExactlyOnceIT {

    private static final String INVALID = "PERMANENT_FAILURE_INVALID_ACK_ID";
    private static final String UNORDERED = "TRANSIENT_FAILURE_UNORDERED_ACK_ID";

    @TempDir Path directory;
    private final AtomicBoolean ended = new AtomicBoolean();
    private EmbeddedPubSub server;
    private GoogleClient client;

    @BeforeEach
    void start() {
        server = EmbeddedPubSub.builder().journal(directory).start();
        client = new GoogleClient(server.endpoint());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void refusesAcknowledgementsOfLeasesThatAreOver() {
        create(false);
        client.publish("news", message("a"), message("b"), message("c"));
        List<ReceivedMessage> first = pull(3);
        String nacked = first.getFirst().getAckId();
        client.subscriptions.modifyAckDeadline(subscription("first"), List.of(nacked), 0);
        ReceivedMessage again = pull(1).getFirst();
        assertThat(again.getMessage()).isEqualTo(first.getFirst().getMessage());

        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> acknowledge(nacked)))
                .containsExactly(Map.entry(nacked, INVALID));
        String good = first.get(1).getAckId();
        assertThat(
                        failure(
                                Status.Code.INVALID_ARGUMENT,
                                () -> acknowledge(good, nacked, "junk", "1.1")))
                .containsOnly(
                        Map.entry(nacked, INVALID),
                        Map.entry("junk", INVALID),
                        Map.entry("1.1", INVALID));
        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> acknowledge(good)))
                .as("it was acknowledged beside those that failed")
                .containsOnlyKeys(good);
        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> extend(nacked, 20)))
                .containsExactly(Map.entry(nacked, INVALID));
        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> extend(nacked, 0)))
                .containsExactly(Map.entry(nacked, INVALID));

        extend(again.getAckId(), 20);
        acknowledge(again.getAckId(), first.get(2).getAckId());
        assertThat(pullAtOnce()).isEmpty();
        assertThat(server.subscriptionCounts().getFirst().acknowledged()).isEqualTo(3);
    }

    @Test
    void refusesAnAcknowledgementAfterTheDeadline() {
        create(false);
        client.publish("news", message("a"));
        String late = pull(1).getFirst().getAckId();
        extend(late, 1);
        await().untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts().getFirst().outstanding())
                                        .isZero());
        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> acknowledge(late)))
                .containsExactly(Map.entry(late, INVALID));
        assertThat(pull(1)).hasSize(1);
    }

    @Test
    void acknowledgesAKeyInOrderOnly() {
        create(true);
        client.publish("news", message("a", "k"), message("b", "k"), message("c", "k"));
        List<ReceivedMessage> received = pull(3);
        assertThat(
                        failure(
                                Status.Code.FAILED_PRECONDITION,
                                () -> acknowledge(received.get(1).getAckId())))
                .containsExactly(Map.entry(received.get(1).getAckId(), UNORDERED));
        acknowledge(
                received.get(2).getAckId(), received.get(0).getAckId(), received.get(1).getAckId());
        assertThat(server.subscriptionCounts().getFirst().acknowledged()).isEqualTo(3);
    }

    @Test
    void keepsWhatWasConfirmedOverARestart() {
        create(false);
        client.publish("news", message("a"), message("b"));
        acknowledge(pull(1).getFirst().getAckId());
        stop();
        start();
        assertThat(pullAtOnce()).hasSize(1);
    }

    @Test
    void confirmsOnTheStream() {
        create(true);
        Queue<StreamingPullResponse> responses = new ConcurrentLinkedQueue<>();
        StreamObserver<StreamingPullRequest> stream = stream(responses);
        client.publish("news", message("a", "k"), message("b", "k"));
        client.publish("news", message("c"));
        await().untilAsserted(() -> assertThat(received(responses)).hasSize(3));
        assertThat(responses)
                .allMatch(one -> one.getSubscriptionProperties().getExactlyOnceDeliveryEnabled());
        List<ReceivedMessage> all = received(responses);
        stream.onNext(
                StreamingPullRequest.newBuilder()
                        .addAckIds("1.1")
                        .addAckIds(all.get(1).getAckId())
                        .addAckIds(all.get(2).getAckId())
                        .addModifyDeadlineAckIds(all.get(0).getAckId())
                        .addModifyDeadlineSeconds(60)
                        .addModifyDeadlineAckIds("2.2")
                        .addModifyDeadlineSeconds(0)
                        .build());
        assertThat(confirmation(responses, StreamingPullResponse::hasAcknowledgeConfirmation))
                .extracting(StreamingPullResponse::getAcknowledgeConfirmation)
                .isEqualTo(
                        AcknowledgeConfirmation.newBuilder()
                                .addAckIds(all.get(2).getAckId())
                                .addInvalidAckIds("1.1")
                                .addUnorderedAckIds(all.get(1).getAckId())
                                .build());
        assertThat(confirmation(responses, StreamingPullResponse::hasModifyAckDeadlineConfirmation))
                .extracting(StreamingPullResponse::getModifyAckDeadlineConfirmation)
                .isEqualTo(
                        ModifyAckDeadlineConfirmation.newBuilder()
                                .addAckIds(all.get(0).getAckId())
                                .addInvalidAckIds("2.2")
                                .build());
        stream.onCompleted();
    }

    @Test
    void handsNothingOutAgainWhileALeaseHolds() {
        create(false);
        Queue<StreamingPullResponse> responses = new ConcurrentLinkedQueue<>();
        StreamObserver<StreamingPullRequest> stream = stream(responses);
        client.publish("news", message("a"));
        await().untilAsserted(() -> assertThat(received(responses)).hasSize(1));
        stream.onCompleted();
        await().untilTrue(ended);
        assertThat(pullAtOnce()).isEmpty();
        // and whoever had it may still acknowledge it
        acknowledge(received(responses).getFirst().getAckId());
        assertThat(server.subscriptionCounts().getFirst().acknowledged()).isEqualTo(1);
    }

    @Test
    void isTurnedOnAndOffWhileAStreamIsOpen() {
        client.create("news");
        Subscription plain = client.subscribe(Subscription.newBuilder(), "news", "first");
        Queue<StreamingPullResponse> responses = new ConcurrentLinkedQueue<>();
        StreamObserver<StreamingPullRequest> stream = stream(responses);
        await().untilAsserted(() -> assertThat(exactlyOnce(responses)).containsExactly(false));
        assertThat(
                        update(plain.toBuilder().setEnableExactlyOnceDelivery(true))
                                .getEnableExactlyOnceDelivery())
                .isTrue();
        await().untilAsserted(() -> assertThat(exactlyOnce(responses)).contains(true));
        assertThat(failure(Status.Code.INVALID_ARGUMENT, () -> acknowledge("1.1"))).isNotEmpty();
        update(plain.toBuilder());
        acknowledge("1.1");
        stream.onCompleted();
    }

    @Test
    void isForPullOnly() {
        client.create("news");
        assertThatThrownBy(
                        () ->
                                client.subscribe(
                                        Subscription.newBuilder()
                                                .setEnableExactlyOnceDelivery(true)
                                                .setPushConfig(
                                                        PushConfig.newBuilder()
                                                                .setPushEndpoint(
                                                                        "http://127.0.0.1:1/")),
                                        "news",
                                        "first"))
                .satisfies(
                        thrown ->
                                assertThat(Status.fromThrowable(thrown).getCode())
                                        .isIn(
                                                Status.Code.INVALID_ARGUMENT,
                                                Status.Code.UNIMPLEMENTED));
    }

    @Test
    void tellsGooglesClientWhatBecameOfItsReplies() throws Exception {
        create(false);
        AckIds ackIds = new AckIds();
        Map<String, Future<AckResponse>> replies = new ConcurrentHashMap<>();
        try (GoogleClient watched = new GoogleClient(server.endpoint(), ackIds)) {
            watched.receiveWithResponses(
                    "first",
                    (message, reply) -> {
                        String text = message.getData().toStringUtf8();
                        if (text.equals("nacked") && !replies.containsKey("nacked")) {
                            replies.put("nacked", reply.nack());
                        } else if (text.equals("late") && !replies.containsKey("late")) {
                            // its lease ends, and the client does not know
                            extend(ackIds.of(message.getMessageId()), 0);
                            replies.put("late", reply.ack());
                        } else {
                            replies.put(text + " acknowledged", reply.ack());
                        }
                    });
            client.publish("news", message("good"), message("nacked"), message("late"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(replies)
                                            .containsOnlyKeys(
                                                    "good acknowledged",
                                                    "nacked",
                                                    "nacked acknowledged",
                                                    "late",
                                                    "late acknowledged"));
            for (Map.Entry<String, Future<AckResponse>> reply : replies.entrySet()) {
                assertThat(reply.getValue().get(20, TimeUnit.SECONDS))
                        .as(reply.getKey())
                        .isEqualTo(
                                reply.getKey().equals("late")
                                        ? AckResponse.INVALID
                                        : AckResponse.SUCCESSFUL);
            }
        }
        assertThat(server.subscriptionCounts().getFirst().acknowledged()).isEqualTo(3);
    }

    @Test
    void tellsGooglesClientOfAnOrderedSubscription() throws Exception {
        create(true);
        Queue<Future<AckResponse>> replies = new ConcurrentLinkedQueue<>();
        Queue<String> received = new ConcurrentLinkedQueue<>();
        client.receiveWithResponses(
                "first",
                (message, reply) -> {
                    received.add(message.getData().toStringUtf8());
                    replies.add(reply.ack());
                });
        for (int i = 0; i < 10; i++) {
            client.publish("news", message(i + "0", "k"), message(i + "1", "k"));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received).hasSize(20));
        assertThat(List.copyOf(received)).isSorted();
        for (Future<AckResponse> reply : replies) {
            assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo(AckResponse.SUCCESSFUL);
        }
    }

    private void create(boolean ordered) {
        client.create("news");
        client.subscribe(
                Subscription.newBuilder()
                        .setEnableExactlyOnceDelivery(true)
                        .setEnableMessageOrdering(ordered),
                "news",
                "first");
    }

    private Subscription update(Subscription.Builder wanted) {
        return client.subscriptions.updateSubscription(
                UpdateSubscriptionRequest.newBuilder()
                        .setSubscription(wanted)
                        .setUpdateMask(
                                FieldMask.newBuilder().addPaths("enable_exactly_once_delivery"))
                        .build());
    }

    private void acknowledge(String... ackIds) {
        client.subscriptions.acknowledge(subscription("first"), List.of(ackIds));
    }

    private void extend(String ackId, int seconds) {
        client.subscriptions.modifyAckDeadline(subscription("first"), List.of(ackId), seconds);
    }

    private List<ReceivedMessage> pull(int max) {
        List<ReceivedMessage> received = new ArrayList<>();
        await().until(
                        () -> {
                            received.addAll(
                                    client.subscriptions
                                            .pull(subscription("first"), max - received.size())
                                            .getReceivedMessagesList());
                            return received.size() == max;
                        });
        return received;
    }

    @SuppressWarnings("deprecation") // the only way to ask without waiting
    private List<ReceivedMessage> pullAtOnce() {
        return client.subscriptions
                .pull(
                        PullRequest.newBuilder()
                                .setSubscription(subscription("first"))
                                .setMaxMessages(100)
                                .setReturnImmediately(true)
                                .build())
                .getReceivedMessagesList();
    }

    private StreamObserver<StreamingPullRequest> stream(Queue<StreamingPullResponse> responses) {
        StreamObserver<StreamingPullRequest> stream =
                SubscriberGrpc.newStub(client.channel)
                        .streamingPull(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(StreamingPullResponse response) {
                                        responses.add(response);
                                    }

                                    @Override
                                    public void onError(Throwable end) {}

                                    @Override
                                    public void onCompleted() {
                                        ended.set(true);
                                    }
                                });
        stream.onNext(
                StreamingPullRequest.newBuilder()
                        .setSubscription(subscription("first"))
                        .setStreamAckDeadlineSeconds(60)
                        .build());
        return stream;
    }

    private static List<ReceivedMessage> received(Queue<StreamingPullResponse> responses) {
        return responses.stream()
                .flatMap(one -> one.getReceivedMessagesList().stream())
                .sorted(Comparator.comparing(one -> one.getMessage().getMessageId()))
                .toList();
    }

    private static List<Boolean> exactlyOnce(Queue<StreamingPullResponse> responses) {
        return responses.stream()
                .map(one -> one.getSubscriptionProperties().getExactlyOnceDeliveryEnabled())
                .toList();
    }

    private static StreamingPullResponse confirmation(
            Queue<StreamingPullResponse> responses, Predicate<StreamingPullResponse> which) {
        return await().until(
                        () -> responses.stream().filter(which).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** What the details of the failure tell of each id. */
    private static Map<String, String> failure(Status.Code code, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code);
        com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(thrown));
        assertThat(status.getDetailsList()).hasSize(1);
        try {
            ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo("EXACTLY_ONCE_ACKID_FAILURE");
            assertThat(info.getDomain()).isEqualTo("pubsub.googleapis.com");
            return info.getMetadataMap();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
