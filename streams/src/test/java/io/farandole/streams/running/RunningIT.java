package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.SubscriptionCounts;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.relay.RelaySettings;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.util.unit.DataSize;

/**
 * Processors over real sockets and a durable Postgres: whatever happens, each event counts once.
 */
@ExtendWith(TellingTheSeed.class)
class RunningIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Longer than a client says that it runs before the server refuses it. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(1_500);

    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views =
            new Views(installation.wiring(), new Random(TellingTheSeed.SEED).nextLong());

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void appliesEachEventOnceWithTwoInstancesAndDuplicates() throws Exception {
        try (Wiring other = installation.wire();
                Collector said = new Collector(other, "recommendations.collector")) {
            Streams one = installation.wiring().streams(settings(), Tally.processor());
            Streams two = other.streams(settings(), Tally.processor());
            one.start();
            two.start();
            views.publish(5_000);
            awaitSettled();
            awaitSaid(said);
            one.stop();
            two.stop();

            books.areExactly(views);
            books.everythingSaidIsPublished();
            books.keepTheOrderOfEachUser(said);
            assertThat(books.duplicates())
                    .isGreaterThanOrEqualTo(views.published() - views.distinct());
        }
    }

    @Test
    void acknowledgesNothingBeforeItsCommit() throws Exception {
        Streams streams = installation.wiring().streams(settings(), Tally.processor());
        streams.start();
        try (Connection blocking = installation.wiring().database().getConnection();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("lock table tally.items in exclusive mode");
            views.publish(300);
            await().atMost(LONG).until(() -> blockedByUs() > 0);
            await().during(Duration.ofMillis(500)).atMost(LONG).until(() -> acknowledged() == 0);
            blocking.rollback();
        }
        awaitSettled();
        await().atMost(LONG).until(() -> acknowledged() == views.published());
        streams.stop();
        books.areExactly(views);
    }

    @Test
    void pausesWhilePostgresIsDownAndGoesOn() throws Exception {
        DurablePostgres postgres = installation.postgres();
        Streams streams = installation.wiring().streams(settings(), Tally.processor());
        streams.start();
        views.publish(2_000);
        postgres.kill();
        try {
            views.publish(1_000);
            await().atMost(LONG)
                    .until(
                            () ->
                                    streams.condition().troubles().keySet().stream()
                                            .anyMatch(name -> name.startsWith("Worker")));
        } finally {
            postgres.restart();
        }
        awaitSettled();
        await().atMost(LONG).until(() -> streams.condition().isHealthy());
        streams.stop();

        books.areExactly(views);
        books.everythingSaidIsPublished();
    }

    @Test
    void isDownWhileItsSubscriptionIsGone() throws Exception {
        String subscription = "activity." + Tally.NAME;
        Streams streams = installation.wiring().streams(settings(), Tally.processor());
        StreamsHealth health = new StreamsHealth(streams);
        streams.start();
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Running);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

        installation.wiring().admin().deleteSubscription(subscription);
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Failed);
        assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
        assertThat(health.health().getDetails())
                .containsEntry(subscription, "FAILED")
                .hasEntrySatisfying(
                        "Subscription " + subscription,
                        trouble -> assertThat(trouble.toString()).contains("NOT_FOUND"));

        installation.wiring().createSubscription("activity", Tally.NAME);
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Running);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        views.publish(10);
        awaitSettled();
        streams.stop();
        books.areExactly(views);
    }

    @Test
    void staysDownWhileItsRestartsFailWithLongPauses() throws Exception {
        Streams streams = installation.wiring().streams(settings(LONG_PAUSE), Tally.processor());
        StreamsHealth health = new StreamsHealth(streams);
        streams.start();
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Running);
        installation.wiring().admin().deleteSubscription("activity." + Tally.NAME);
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Failed);

        Duration severalRestarts = LONG_PAUSE.multipliedBy(3);
        await().pollInterval(Duration.ofMillis(50))
                .during(severalRestarts)
                .atMost(severalRestarts.plusSeconds(2))
                .until(() -> health.health().getStatus().getCode().equals("DOWN"));

        installation.wiring().createSubscription("activity", Tally.NAME);
        await().atMost(LONG).until(() -> state(streams) instanceof SubscriptionState.Running);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        streams.stop();
    }

    @Test
    void drainsUnderLoadAndHandsOver() throws Exception {
        try (Collector said = new Collector(installation.wiring(), "recommendations.collector")) {
            Streams first = installation.wiring().streams(settings(), Tally.processor());
            first.start();
            views.publish(6_000);
            await().atMost(LONG).until(() -> books.settled() > 0);
            first.stop();
            long settled = books.settled();
            books.everythingSaidIsPublished();
            assertThat(first.isRunning()).isFalse();

            Streams second = installation.wiring().streams(settings(), Tally.processor());
            long began = System.nanoTime();
            second.start();
            // What the first one held was given back: nobody waits for a deadline to expire.
            await().atMost(Duration.ofSeconds(8)).until(() -> books.settled() > settled);
            awaitSettled();
            awaitSaid(said);
            second.stop();

            books.areExactly(views);
            books.keepTheOrderOfEachUser(said);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
        }
    }

    private long blockedByUs() {
        return installation.number("select count(*) from pg_locks where not granted");
    }

    private long acknowledged() {
        return installation.pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith("activity." + Tally.NAME))
                .mapToLong(SubscriptionCounts::acknowledged)
                .sum();
    }

    private void awaitSettled() {
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
    }

    private void awaitSaid(Collector said) {
        await().atMost(LONG).until(() -> said.distinct() == views.distinct());
    }

    private static SubscriptionState state(Streams streams) {
        return Objects.requireNonNull(
                streams.condition().subscriptions().get("activity." + Tally.NAME));
    }

    /** A lease short enough for those who wait for a killed relay's shards. */
    private static StreamsSettings settings() {
        return settings(Duration.ofSeconds(1));
    }

    private static StreamsSettings settings(Duration longestRestartPause) {
        StreamsSettings defaults = StreamsSettings.defaults();
        RelaySettings relay = defaults.relay();
        return new StreamsSettings(
                defaults.processors(),
                defaults.workers(),
                defaults.batch(),
                DataSize.ofMegabytes(32),
                defaults.horizonDays(),
                longestRestartPause,
                defaults.drain(),
                defaults.settledRetention(),
                new RelaySettings(
                        relay.threads(),
                        relay.portionRows(),
                        relay.portionSize(),
                        Duration.ofSeconds(2),
                        relay.poll(),
                        relay.publishTimeout(),
                        relay.retention()),
                defaults.work());
    }
}
