package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.faults.Faults;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.WindowBooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances of two versions under load to which one hardship after the other happens: each
 * event counts once, also in windows of event time, and is said once and in order. For twenty
 * seconds; under {@code --chaos} for ten minutes, with instances that stand still for longer than a
 * transaction may.
 */
@ExtendWith(TellingTheSeed.class)
final class SoakIT {

    private static final boolean CHAOS = Boolean.getBoolean("farandole.chaos");

    private static final Duration LENGTH = CHAOS ? Duration.ofMinutes(10) : Duration.ofSeconds(20);

    /** Postgres ends a transaction in which nothing happens for a minute. */
    private static final Duration LONGEST_FREEZE =
            CHAOS ? Duration.ofSeconds(80) : Duration.ofSeconds(4);

    private static final Duration BETWEEN_PORTIONS = Duration.ofMillis(100);
    private static final int PORTION = 40;
    private static final double HOT = 0.3;
    private static final Duration SKEW = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofMillis(300);
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final Random random = new Random(TellingTheSeed.SEED);
    private final AtomicBoolean goesOn = new AtomicBoolean(true);

    @TempDir Path journal;

    @Test
    void everyEventCountsOnceWhateverHappens() throws Exception {
        Faults faults = new Faults();
        try (Installation installation =
                new Installation(
                        EmbeddedPubSub.builder().journal(journal).faults(faults).start())) {
            StreamsSchema.migrate(installation.wiring().database());
            Views.provision(installation.wiring());
            VersionBooks.provision(installation.wiring());
            Views views = new Views(installation.wiring(), random.nextLong()).hot(HOT).skewed(SKEW);
            try (Collector said =
                            new Collector(installation.wiring(), "recommendations.collector");
                    Collector besides =
                            new Collector(installation.wiring(), "impressions.collector");
                    Fleet fleet = new Fleet(installation, Version.OLD, Version.OLD, Version.NEXT)) {
                Hardships hardships =
                        new Hardships(installation, fleet, faults, journal, random, LONGEST_FREEZE);
                VersionBooks versions = new VersionBooks(installation);
                // Whoever comes first says what shape the stores have: that is not to be a misfit.
                await().atMost(SETTLED)
                        .until(() -> installation.number("select count(*) from streams.store") > 0);
                WindowBooks windows = new WindowBooks(installation);
                soak(hardships, fleet, views, versions, windows);
                faults.clear();
                fleet.awaitThaw();
                fleet.awaitRefusals();
                ViewBooks books = new ViewBooks(installation);
                await().atMost(SETTLED)
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(
                                () -> {
                                    fleet.lookAfter();
                                    assertThat(books.settled())
                                            .as("settled")
                                            .isEqualTo(views.distinct());
                                    assertThat(windows.settled())
                                            .as("settled in windows")
                                            .isEqualTo(views.distinct());
                                });
                await().atMost(SETTLED).untilAsserted(books::everythingSaidIsPublished);
                await().atMost(SETTLED)
                        .untilAsserted(
                                () ->
                                        assertThat(said.distinct())
                                                .as("said; %s", heard(installation))
                                                .isEqualTo((int) views.distinct()));
                await().atMost(SETTLED).until(() -> besides.distinct() == versions.saidByNext());

                books.areExactly(views);
                books.keepTheOrderOfEachUser(said);
                versions.areExactly(views, besides);
                // What has become due fires half a second later at most.
                await().atMost(SETTLED).untilAsserted(() -> windows.areExactly(views));
                assertThat(hardships.happened())
                        .as("a soak in which something did not happen proves less")
                        .containsOnlyKeys(EnumSet.allOf(Hardship.class));
                System.out.printf(
                        "%,d events, %,d of them different; %s; %s%n",
                        views.published(),
                        views.distinct(),
                        windows.summary(),
                        hardships.happened());
            }
        }
    }

    /** What those who collect have of what was said, as the broker knows it. */
    private static String heard(Installation installation) {
        return installation.pubSub().subscriptionCounts().stream()
                .filter(counts -> counts.subscription().endsWith(".collector"))
                .toList()
                .toString();
    }

    /** Until all has happened and both versions have worked, and for its length at least. */
    private void soak(
            Hardships hardships,
            Fleet fleet,
            Views views,
            VersionBooks versions,
            WindowBooks windows)
            throws Exception {
        hardships.surround();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> publish(views));
        try {
            long end = System.nanoTime() + LENGTH.toNanos();
            long deadline = end + SETTLED.toNanos();
            Set<Hardship> lacking = EnumSet.allOf(Hardship.class);
            while (!lacking.isEmpty()
                    || System.nanoTime() < end
                    || !versions.bothWorked()
                    || !windows.hasSeenAll()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            "%s after the soak's %s these lack: %s; both versions worked: %s; every window was seen: %s"
                                    .formatted(
                                            SETTLED,
                                            LENGTH,
                                            lacking,
                                            versions.bothWorked(),
                                            windows.hasSeenAll()));
                }
                List<Hardship> all = new ArrayList<>(EnumSet.allOf(Hardship.class));
                Collections.shuffle(all, random);
                for (Hardship hardship : all) {
                    if (lacking.remove(hardship) || System.nanoTime() < end) {
                        hardships.strike(hardship);
                        fleet.lookAfter();
                        LockSupport.parkNanos(REST.toNanos());
                    }
                }
            }
        } finally {
            goesOn.set(false);
            traffic.join();
        }
    }

    private void publish(Views views) {
        try {
            while (goesOn.get()) {
                views.publish(PORTION);
                LockSupport.parkNanos(BETWEEN_PORTIONS.toNanos());
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
