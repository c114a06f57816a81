package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.Training;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Wiring;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long work from the topic that asks for it to the topic on which its end is said. */
final class LongWorkIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RUNS = 4;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Installation installation = new Installation();
    private final Training training = new Training();

    @BeforeEach
    void provision() {
        installation.execute("drop schema if exists " + Training.NAME + " cascade");
        Wiring wiring = installation.wiring();
        wiring.admin().createTopic("training");
        wiring.createSubscription("training", Training.NAME);
        wiring.createSubscription("training", "collector");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void goesOnWhereARestartInterruptedIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        training.course = _ -> never.await();
        try (Collector said = new Collector(installation.wiring(), "training.collector");
                Wiring other = installation.wire()) {
            Streams first = streams(installation.wiring());
            first.start();
            request();
            await().atMost(LONG).until(() -> training.performed.get() == 1);
            await().atMost(LONG).until(() -> works("QUEUED") == RUNS);
            assertThat(first.condition().isHealthy()).isTrue();
            first.stop();
            assertThat(installation.number("select count(owner) from streams.work")).isZero();
            assertThat(works("DONE")).isZero();

            training.course = _ -> {};
            Streams second = streams(other);
            second.start();
            await().atMost(LONG).until(() -> works("DONE") == RUNS);
            // What was asked, what the folds said to it, and twice as much from the work.
            await().atMost(LONG).until(() -> said.distinct() == RUNS * 4);
            assertThat(training.performed).hasValue(RUNS + 1);
            second.stop();
        }
    }

    private Streams streams(Wiring wiring) {
        return wiring.streams(StreamsSettings.defaults(), training.processor());
    }

    private void request() throws Exception {
        Publisher publisher = installation.wiring().publishers().createPublisher("training");
        for (int i = 0; i < RUNS; i++) {
            Delivery requested = Training.requested("r" + i, "operator", start);
            publisher
                    .publish(
                            PubsubMessage.newBuilder()
                                    .setOrderingKey(requested.orderingKey())
                                    .putAllAttributes(requested.attributes())
                                    .setData(ByteString.copyFrom(requested.data()))
                                    .build())
                    .get();
        }
        publisher.shutdown();
    }

    private long works(String state) {
        return installation.number(
                "select count(*) from streams.work where state = '" + state + "'");
    }
}
