package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Subscription;
import io.farandole.pubsub.faults.Faults;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Google's client without a socket: the same server, beside those that come by one. */
class WithoutSocketIT {

    private static final int MESSAGES = 2_000;

    private final Faults faults = new Faults();
    private final EmbeddedPubSub server = EmbeddedPubSub.builder().faults(faults).start();
    private final GoogleClient near = new GoogleClient(server.channel());
    private final GoogleClient far = new GoogleClient(server.endpoint());

    @AfterEach
    void stop() {
        near.close();
        far.close();
        server.close();
    }

    @Test
    void whatOneSaysTheOtherHears() {
        near.createOrdered("activity", "near");
        far.subscribe(Subscription.newBuilder().setEnableMessageOrdering(true), "activity", "far");
        List<Integer> heardNear = Collections.synchronizedList(new ArrayList<>());
        List<Integer> heardFar = Collections.synchronizedList(new ArrayList<>());
        hear(near, "near", heardNear);
        hear(far, "far", heardFar);
        Publisher byChannel = near.publisher("activity", true);
        Publisher bySocket = far.publisher("activity", true);
        for (int i = 0; i < MESSAGES; i++) {
            var _ = byChannel.publish(message(Integer.toString(2 * i), "near"));
            var _ = bySocket.publish(message(Integer.toString(2 * i + 1), "far"));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(server.subscriptionCounts())
                                        .allSatisfy(
                                                counts ->
                                                        assertThat(counts.acknowledged())
                                                                .isEqualTo(2 * MESSAGES)));
        for (List<Integer> heard : List.of(heardNear, heardFar)) {
            assertThat(heard.stream().filter(i -> i % 2 == 0)).hasSize(MESSAGES).isSorted();
            assertThat(heard.stream().filter(i -> i % 2 == 1)).hasSize(MESSAGES).isSorted();
        }
    }

    @Test
    void isRefusedAsByASocket() {
        for (GoogleClient client : List.of(near, far)) {
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> client.topics.getTopic(topic("none")))
                    .withMessageContaining("none");
        }
    }

    @Test
    void isFrozenAsWell() {
        near.create("activity", "near");
        var frozen = faults.everywhere().freeze();
        var asked =
                PublisherGrpc.newFutureStub(near.channel)
                        .getTopic(GetTopicRequest.newBuilder().setTopic(topic("activity")).build());
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !asked.isDone());
        frozen.close();
        await().atMost(Duration.ofSeconds(10)).until(asked::isDone);
    }

    @Test
    void endsWithTheServer() {
        near.create("activity", "near");
        ManagedChannel channel = server.channel();
        server.close();
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(
                        () ->
                                PublisherGrpc.newBlockingStub(channel)
                                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                                        .getTopic(
                                                GetTopicRequest.newBuilder()
                                                        .setTopic(topic("activity"))
                                                        .build()))
                .extracting(thrown -> thrown.getStatus().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        channel.shutdownNow();
    }

    private static void hear(GoogleClient client, String reader, List<Integer> heard) {
        var _ =
                client.receive(
                        reader,
                        (message, reply) -> {
                            heard.add(Integer.valueOf(message.getData().toStringUtf8()));
                            reply.ack();
                        });
    }
}
