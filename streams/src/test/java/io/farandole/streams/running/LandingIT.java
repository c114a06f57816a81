package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.SubscriptionCounts;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.Views;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A landing on real subscriptions: whatever fails, each message is kept once and accounted for. */
@ExtendWith(TellingTheSeed.class)
class LandingIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Random random = new Random(TellingTheSeed.SEED);
    private final Installation installation = new Installation();
    private final Views views = new Views(installation.wiring(), random.nextLong());

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
        installation.wiring().createSubscription("activity", "keeper");
        installation.wiring().createSubscription("recommendations", "keeper");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void keepsEachMessageOnceAndTellsTheLedgerWhateverFails() throws Exception {
        ShakyLanding landing = new ShakyLanding(random.nextLong(), 0.3);
        Streams streams = streams(landing);
        streams.start();
        for (int i = 0; i < 20; i++) {
            views.publish(150);
        }
        await().atMost(LONG).until(() -> ledger("delivered - duplicate") == views.distinct());
        await().atMost(LONG).until(() -> acknowledged() == views.published());
        await().atMost(LONG).until(() -> streams.condition().isHealthy());
        streams.stop();

        assertThat(landing.kept()).isEqualTo(views.distinct());
        assertThat(ledger("applied")).isEqualTo(views.distinct());
        assertThat(ledger("duplicate"))
                .isGreaterThanOrEqualTo(views.published() - views.distinct());
    }

    @Test
    void landsLessOftenThanMessagesComeAndTheFirstAtOnce() throws Exception {
        ShakyLanding landing = new ShakyLanding(1, 0);
        Streams streams = streams(landing);
        streams.start();
        views.publish(1);
        await().atMost(LONG).until(() -> landing.kept() == 1);
        assertThat(landing.landings()).isEqualTo(1);
        views.publish(5_000);
        await().atMost(LONG).until(() -> landing.kept() == views.distinct());
        streams.stop();

        // At most what is outstanding comes in one, and nothing waits for a full one.
        assertThat(landing.landings()).isBetween(6, 60);
    }

    @Test
    void pausesInViewOfEverybodyAndAcknowledgesNothingMeanwhile() throws Exception {
        ShakyLanding landing = new ShakyLanding(1, 0);
        landing.away(true);
        Streams streams = streams(landing);
        streams.start();
        views.publish(300);

        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(streams.condition().troubles().values())
                                        .anySatisfy(
                                                trouble ->
                                                        assertThat(trouble)
                                                                .contains("paused since")
                                                                .contains("it is away")));
        assertThat(acknowledged()).isZero();

        landing.away(false);
        await().atMost(LONG).until(() -> acknowledged() == views.published());
        await().atMost(LONG).until(() -> streams.condition().isHealthy());
        streams.stop();
        assertThat(landing.kept()).isEqualTo(views.distinct());
    }

    @Test
    void goesOnWithoutPostgresAndTellsTheLedgerLater() throws Exception {
        ShakyLanding landing = new ShakyLanding(1, 0);
        Streams streams = streams(landing);
        streams.start();
        await().atMost(LONG).until(() -> streams.condition().isHealthy());
        installation.execute("alter table streams.ledger rename to ledger_away");
        views.publish(300);
        await().atMost(LONG).until(() -> acknowledged() == views.published());
        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(streams.condition().troubles())
                                        .containsKey("Books of keeper"));

        installation.execute("alter table streams.ledger_away rename to ledger");

        await().atMost(LONG).until(() -> ledger("applied") == views.distinct());
        await().atMost(LONG).until(() -> streams.condition().isHealthy());
        streams.stop();
    }

    @Test
    void tellsTheLedgerAtItsStartWhatACrashLeftUntold() throws Exception {
        ShakyLanding landing = new ShakyLanding(1, 0);
        Streams streams = streams(landing);
        streams.start();
        views.publish(300);
        await().atMost(LONG).until(() -> ledger("applied") == views.distinct());
        streams.stop();
        try (Connection connection = installation.wiring().database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from streams.ledger");
        }

        Streams again = streams(landing);
        again.start();
        await().atMost(LONG).until(() -> ledger("applied") == views.distinct());
        again.stop();
    }

    @Test
    void isNamedAmongTheProcessorsThatRunHere() {
        assertThatThrownBy(
                        () ->
                                installation
                                        .wiring()
                                        .streams(
                                                named("keepr"),
                                                List.of(),
                                                List.of(new ShakyLanding(1, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("farandole.streams.processors names keepr; there are keeper");
    }

    private Streams streams(ShakyLanding landing) {
        return installation.wiring().streams(named("keeper"), List.of(), List.of(landing));
    }

    private static StreamsSettings named(String name) {
        StreamsSettings defaults = StreamsSettings.defaults();
        return new StreamsSettings(
                List.of(name),
                defaults.workers(),
                defaults.batch(),
                defaults.outstandingSize(),
                defaults.horizonDays(),
                Duration.ofSeconds(1),
                defaults.drain(),
                defaults.settledRetention(),
                defaults.relay(),
                defaults.work());
    }

    private long ledger(String what) {
        return installation.number(
                "select coalesce(sum("
                        + what
                        + "), 0) from streams.ledger l join streams.generation g"
                        + " on g.id = l.generation where g.processor = 'keeper'");
    }

    private long acknowledged() {
        return installation.pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith("/activity.keeper"))
                .mapToLong(SubscriptionCounts::acknowledged)
                .sum();
    }
}
