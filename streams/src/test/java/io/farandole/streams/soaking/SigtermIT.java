package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.SubscriptionCounts;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is asked to end while much comes: it leaves nothing behind that others wait for.
 */
@ExtendWith(TellingTheSeed.class)
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class SigtermIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Far less than the acknowledgement deadline, after which what was left comes anyway. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** The drain's ten seconds, five for the last acknowledgements, and some for the outbox. */
    private static final Duration PAST_THE_DEADLINE = Duration.ofSeconds(25);

    /** 128 and the number of the signal. */
    private static final int ENDED_BY_SIGTERM = 143;

    private static final int PORTION = 200;
    private static final int MOST_PORTIONS = 20;
    private static final int AT_LEAST = 500;

    @TempDir Path logs;

    @Test
    void commitsAcknowledgesPublishesAndGivesBack() throws Exception {
        try (Installation installation = new Installation()) {
            StreamsSchema.migrate(installation.wiring().database());
            Views.provision(installation.wiring());
            VersionBooks.provision(installation.wiring());
            Views views =
                    new Views(installation.wiring(), new Random(TellingTheSeed.SEED).nextLong());
            ViewBooks books = new ViewBooks(installation);
            Path log = logs.resolve("instance.log");
            Process one = FleetInstance.start(installation, Version.OLD, log);
            AtomicBoolean goesOn = new AtomicBoolean(true);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> publish(views, goesOn));
            try {
                await().atMost(LONG).until(() -> books.settled() > AT_LEAST);
                assertThat(held(installation)).as("under load").isPositive();

                one.destroy();

                assertThat(one.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                goesOn.set(false);
                one.destroyForcibly();
            }
            load.join();
            assertThat(one.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(Files.readString(log)).contains(FleetInstance.STOPPED);
            await().atMost(AT_ONCE).until(() -> held(installation) == 0);
            books.everythingSaidIsPublished();
            assertThat(books.settled()).as("some is left").isLessThan(views.distinct());

            Process other =
                    FleetInstance.start(installation, Version.OLD, logs.resolve("other.log"));
            try {
                await().atMost(LONG).until(() -> books.settled() == views.distinct());
                await().atMost(LONG).until(() -> left(installation) == 0);
            } finally {
                other.destroy();
                assertThat(other.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            books.areExactly(views);
            assertThat(books.duplicates())
                    .as("what was committed had been acknowledged, so that none of it came again")
                    .isEqualTo(views.published() - views.distinct());
        }
    }

    /** Beyond the drain's deadline nobody is waited for: what was not committed comes again. */
    @Test
    void endsAtItsDeadlineWithABatchThatDoesNotEnd() throws Exception {
        try (Installation installation = new Installation()) {
            StreamsSchema.migrate(installation.wiring().database());
            Views.provision(installation.wiring());
            VersionBooks.provision(installation.wiring());
            Views views =
                    new Views(installation.wiring(), new Random(TellingTheSeed.SEED).nextLong());
            ViewBooks books = new ViewBooks(installation);
            Path log = logs.resolve("stuck.log");
            Process one = FleetInstance.start(installation, Version.OLD, log);
            views.publish(PORTION);
            await().atMost(LONG).until(() -> books.settled() == views.distinct());
            long settled = books.settled();
            try (Connection blocking = installation.postgres().ownerDataSource().getConnection();
                    Statement lock = blocking.createStatement()) {
                blocking.setAutoCommit(false);
                lock.execute("lock table tally.items in access exclusive mode");
                views.publish(PORTION);
                await().atMost(LONG).until(() -> waitingForLocks(installation) > 0);

                one.destroy();

                assertThat(one.waitFor(PAST_THE_DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(one.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
                assertThat(Files.readString(log))
                        .contains("did not end its batch in time", FleetInstance.STOPPED);
            } finally {
                one.destroyForcibly();
            }
            assertThat(books.settled()).isEqualTo(settled);
            Process other =
                    FleetInstance.start(installation, Version.OLD, logs.resolve("after.log"));
            try {
                await().atMost(LONG).until(() -> books.settled() == views.distinct());
                await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
            } finally {
                other.destroy();
                assertThat(other.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            books.areExactly(views);
        }
    }

    private static long waitingForLocks(Installation installation) {
        return installation.number("select count(*) from pg_locks where not granted");
    }

    /** No more than a slow machine can apply in a while. */
    private static void publish(Views views, AtomicBoolean goesOn) {
        for (int i = 0; goesOn.get() && i < MOST_PORTIONS; i++) {
            try {
                views.publish(PORTION);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static long held(Installation installation) {
        return counts(installation).outstanding();
    }

    private static long left(Installation installation) {
        return counts(installation).unacknowledged();
    }

    private static SubscriptionCounts counts(Installation installation) {
        return installation.pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith("/activity.tally"))
                .findFirst()
                .orElseThrow();
    }
}
