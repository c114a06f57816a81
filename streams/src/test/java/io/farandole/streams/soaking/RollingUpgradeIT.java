package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A deployment under load and its withdrawal: instance by instance from the old version to the next
 * and back, while one of another shape tries to come in between.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@ExtendWith(TellingTheSeed.class)
final class RollingUpgradeIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int PORTION = 400;

    @Test
    void nothingIsLostOrSaidTwiceOnTheWayThereAndBack() throws Exception {
        try (Installation installation = new Installation()) {
            StreamsSchema.migrate(installation.wiring().database());
            Views.provision(installation.wiring());
            VersionBooks.provision(installation.wiring());
            Views views = new Views(installation.wiring(), TellingTheSeed.SEED).hot(0.3);
            ViewBooks books = new ViewBooks(installation);
            VersionBooks versions = new VersionBooks(installation);
            try (Collector said =
                            new Collector(installation.wiring(), "recommendations.collector");
                    Collector besides =
                            new Collector(installation.wiring(), "impressions.collector");
                    Fleet fleet = new Fleet(installation, Version.OLD, Version.OLD, Version.OLD)) {
                settle(views, books);
                assertThat(versions.saidByNext()).as("said before the next came").isZero();

                rollAll(fleet, views);
                settle(views, books);
                long before = versions.saidByNext();
                long wholly = views.distinct();
                fleet.startMisfit();
                settle(views, books);
                fleet.awaitRefusals();
                assertThat(versions.saidByNext() - before)
                        .as("said when only the next was there")
                        .isEqualTo(views.distinct() - wholly);

                rollAll(fleet, views);
                settle(views, books);
                long there = versions.saidByNext();
                settle(views, books);
                assertThat(versions.saidByNext()).as("said when it was gone").isEqualTo(there);

                await().atMost(LONG).until(() -> said.distinct() == views.distinct());
                await().atMost(LONG).until(() -> besides.distinct() == there);
                await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
                books.areExactly(views);
                books.keepTheOrderOfEachUser(said);
                versions.areExactly(views, besides);
            }
        }
    }

    private static void rollAll(Fleet fleet, Views views) throws Exception {
        for (int i = 0; i < fleet.size(); i++) {
            views.publish(PORTION);
            fleet.roll(i);
        }
        views.publish(PORTION);
    }

    private static void settle(Views views, ViewBooks books) throws Exception {
        views.publish(PORTION);
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
    }
}
