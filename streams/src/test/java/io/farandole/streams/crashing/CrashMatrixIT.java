package io.farandole.streams.crashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.crashing.CrashingDatabase.Crash;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever an instance ends or loses its database, each event counts once and is said once and in
 * order. Every point is tried under {@code --chaos}; otherwise two of each kind, by the seed.
 */
@ExtendWith(TellingTheSeed.class)
final class CrashMatrixIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int TRIED = 2;

    private final Random random = new Random(TellingTheSeed.SEED);
    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views = new Views(installation.wiring(), random.nextLong());

    @BeforeEach
    void provision() {
        StreamsSchema.migrate(installation.wiring().database());
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    static Stream<CrashPoint> lost() {
        return tried(1);
    }

    static Stream<CrashPoint> halted() {
        return tried(2);
    }

    private static Stream<CrashPoint> tried(int kind) {
        List<CrashPoint> points = new ArrayList<>(List.of(CrashPoint.values()));
        if (Boolean.getBoolean("farandole.chaos")) {
            return points.stream();
        }
        Collections.shuffle(points, new Random(TellingTheSeed.SEED + kind));
        return points.stream().limit(TRIED);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void isExactWhereConnectionsAreLost(CrashPoint point) throws Exception {
        int every = 2 + random.nextInt(3);
        CrashingDatabase database =
                CrashingDatabase.at(
                                point,
                                installation.wiring().database(),
                                every,
                                5,
                                Crash::loseConnection)
                        .disarmed();
        try (Collector said = new Collector(installation.wiring(), "recommendations.collector")) {
            Streams streams =
                    installation
                            .wiring()
                            .streams(
                                    database.dataSource(),
                                    StreamsSettings.defaults(),
                                    Tally.processor());
            streams.start();
            database.arm();
            // One portion after the other, so that there is always a next batch to crash in.
            long deadline = System.nanoTime() + LONG.toNanos();
            do {
                assertThat(System.nanoTime())
                        .as("%s: %d of 5 crashes within %s", point, database.crashes(), LONG)
                        .isLessThan(deadline);
                views.publish(100);
                awaitSaid(said);
            } while (database.crashes() < 5);
            streams.stop();
            check(said);
        }
    }

    @ParameterizedTest
    @MethodSource("halted")
    void isExactWhereInstancesEnd(CrashPoint point) throws Exception {
        try (Collector said = new Collector(installation.wiring(), "recommendations.collector")) {
            views.publish(600);
            Process instance = CrashingInstance.start(installation, point, 1 + random.nextInt(3));
            long deadline = System.nanoTime() + LONG.toNanos();
            try {
                while (!instance.waitFor(500, TimeUnit.MILLISECONDS)) {
                    assertThat(System.nanoTime())
                            .as("the instance that is to halt at %s lives on after %s", point, LONG)
                            .isLessThan(deadline);
                    views.publish(50);
                }
            } finally {
                instance.destroyForcibly();
            }
            assertThat(instance.exitValue()).as("halted at " + point).isEqualTo(137);
            Streams last =
                    installation.wiring().streams(StreamsSettings.defaults(), Tally.processor());
            last.start();
            awaitSaid(said);
            last.stop();
            check(said);
        }
    }

    /**
     * Until it is marked as published too: who stops right after a crash between the publish and
     * the mark leaves the mark to the next instance, and there is none.
     */
    private void awaitSaid(Collector said) {
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
        await().atMost(LONG).until(() -> said.distinct() == views.distinct());
        await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
    }

    private void check(Collector said) throws Exception {
        books.areExactly(views);
        books.everythingSaidIsPublished();
        books.keepTheOrderOfEachUser(said);
    }
}
