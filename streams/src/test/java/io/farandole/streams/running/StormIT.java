package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.faults.Fault;
import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.time.TestClock;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A processor and its relay over a Pub/Sub that does everything it may do on a bad day, at once.
 */
@ExtendWith(TellingTheSeed.class)
class StormIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** The server's time runs that much faster: what was forgotten comes back soon. */
    private static final int FASTER = 20;

    private static final int TICK_MILLIS = 50;

    private final Random random = new Random(TellingTheSeed.SEED);

    /**
     * An hour behind, for it must not overtake the machine's: nothing is published in the future.
     */
    private final TestClock clock = TestClock.at(Instant.now().minus(Duration.ofHours(1)));

    private final Installation installation =
            new Installation(EmbeddedPubSub.builder().clock(clock).start());
    private final Faults faults = installation.pubSub().faults();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views = new Views(installation.wiring(), random.nextLong());

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        faults.clear();
        installation.close();
    }

    @Test
    void appliesEachEventOnceAndSaysItInOrder() throws Exception {
        brewUp(random.nextLong());
        try (ScheduledExecutorService ticking = Executors.newScheduledThreadPool(1);
                Collector said =
                        new Collector(installation.wiring(), "recommendations.collector")) {
            var ticks =
                    ticking.scheduleWithFixedDelay(
                            () -> clock.advance(Duration.ofMillis((long) TICK_MILLIS * FASTER)),
                            TICK_MILLIS,
                            TICK_MILLIS,
                            TimeUnit.MILLISECONDS);
            Streams streams =
                    installation.wiring().streams(StreamsSettings.defaults(), Tally.processor());
            streams.start();
            for (int burst = 0; burst < 3; burst++) {
                views.publish(300);
            }
            await().atMost(LONG).until(() -> books.settled() == views.distinct());
            await().atMost(LONG).until(() -> said.distinct() == views.distinct());
            // what was published and answered with a failure is published once more
            await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
            streams.stop();
            ticks.cancel(false);

            books.areExactly(views);
            books.keepTheOrderOfEachUser(said);
        }
        assertThat(faults.injected())
                .as("a storm in which nothing happened proves nothing")
                .allSatisfy(
                        (fault, times) ->
                                assertThat(times)
                                        .as(fault.toString())
                                        .matches(
                                                number ->
                                                        number > 0
                                                                || List.of(
                                                                                Fault.DELAY,
                                                                                Fault.FREEZE)
                                                                        .contains(fault)));
    }

    private void brewUp(long seed) {
        faults.seed(seed);
        faults.everywhere().duplicate().chance(0.05);
        faults.everywhere().redeliverFollowers().chance(0.05);
        faults.everywhere().reorder(Duration.ofSeconds(2)).chance(0.05);
        faults.everywhere().dropAcknowledgements().chance(0.05);
        faults.everywhere().killStreams(Status.Code.UNAVAILABLE).chance(0.02);
        faults.everywhere().failPublishes(Status.Code.UNAVAILABLE).chance(0.05);
        faults.everywhere().failPublishesAfterwards(Status.Code.UNAVAILABLE).chance(0.05);
    }
}
