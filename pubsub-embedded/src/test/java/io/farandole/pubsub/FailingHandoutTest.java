package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status.Code;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a subscription cannot hand out what it has, the others and all callers go on. */
class FailingHandoutTest {

    private final ServerLife server = new ServerLife(null, Storage.PAYLOAD_HEAP);

    @BeforeEach
    void start() {
        assertThat(server.create("news")).isTrue();
        Answer<Subscription> failing = new Answer<>();
        server.broker.create(
                DefinitionRules.withDefaults(
                        Subscription.newBuilder()
                                .setName(ServerLife.subscription("failing"))
                                .setTopic(ServerLife.topic("news"))
                                .setRetainAckedMessages(true)
                                .build()),
                new Reply<>(failing));
        assertThat(failing.await(ServerLife.PATIENCE)).isNotNull();
        assertThat(server.subscribe("news", "other", false)).isTrue();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void othersGetTheMessageAndThePublisherItsAnswer() {
        failTheNext();
        assertThat(server.publish("news", "", List.of("one")).await(ServerLife.PATIENCE))
                .isNotNull();
        assertThat(server.look("other")).hasSize(1);
    }

    @Test
    void aSeekIsAnsweredAndAcknowledgementsGoOn() {
        assertThat(server.publish("news", "", List.of("one", "two")).await(ServerLife.PATIENCE))
                .isNotNull();
        List<ReceivedMessage> both = server.pull("failing", 2);
        server.acknowledge("failing", both.subList(0, 1));
        failTheNext();
        Answer<SeekResponse> seek = new Answer<>();
        new SubscriberService(server.broker)
                .seek(
                        SeekRequest.newBuilder()
                                .setSubscription(ServerLife.subscription("failing"))
                                .setTime(Timestamp.newBuilder().setSeconds(1))
                                .build(),
                        seek);
        assertThat(seek.await(ServerLife.PATIENCE)).isNull();
        assertThat(seek.refusal()).extracting(status -> status.getCode()).isEqualTo(Code.INTERNAL);
        server.acknowledge("failing", both.subList(1, 2));
        assertThat(live().unacknowledged()).as("what the seek brought back").hasSize(1);
    }

    private LiveSubscription live() {
        return server.broker.subscription(ServerLife.subscription("failing")).orElseThrow();
    }

    private void failTheNext() {
        live().pull(
                        new PullCall(
                                1,
                                new Answer<>() {
                                    @Override
                                    public synchronized void onNext(Handout handout) {
                                        throw new IllegalStateException("meant to fail");
                                    }
                                }),
                        600_000);
    }
}
