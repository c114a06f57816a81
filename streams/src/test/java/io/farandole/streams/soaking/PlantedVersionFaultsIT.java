package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.farandole.streams.Processor;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The books of rolling upgrades, tested: there and back between two versions one of which is built
 * wrong, and each promise that they make is broken by the version's own code.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@ExtendWith(TellingTheSeed.class)
final class PlantedVersionFaultsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PORTION = 300;

    /** Of one user and one item: what is wrong in some of their views shows in theirs for sure. */
    private static final double HOT = 0.3;

    private final Installation installation = new Installation();
    private final Views views = new Views(installation.wiring(), TellingTheSeed.SEED).hot(HOT);
    private final ViewBooks books = new ViewBooks(installation);
    private final VersionBooks versions = new VersionBooks(installation);

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
        VersionBooks.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    /** Otherwise the others here would prove nothing. */
    @Test
    void nobodyComplainsWhereNothingIsWrong() throws Exception {
        try (Collector besides = besides()) {
            upgradeAndWithdraw(Tally.processor(), NextTally.processor(), besides);
            assertThat(versions.bothWorked()).isTrue();
            versions.areExactly(views, besides);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFaultOfTheNextIsSeen(WrongNextTally wrong) throws Exception {
        isSeen(wrong, wrong.broken(), Tally.processor(), wrong.processor());
    }

    @ParameterizedTest
    @EnumSource
    void theFaultOfTheOldIsSeen(CarryingTally wrong) throws Exception {
        isSeen(wrong, wrong.broken(), wrong.processor(), NextTally.processor());
    }

    private void isSeen(Enum<?> fault, VersionPromise broken, Processor old, Processor next)
            throws Exception {
        try (Collector besides = besides()) {
            upgradeAndWithdraw(old, next, besides);
            Throwable complaint = catchThrowable(() -> versions.areExactly(views, besides));
            assertThat(complaint)
                    .as("%s breaks %s", fault, broken)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(broken.beginning())
                    .hasMessageContaining(broken.reason());
            System.out.printf("%s breaks %s: %s%n", fault, broken, inShort(complaint));
        }
    }

    private static String inShort(Throwable complaint) {
        return String.valueOf(complaint.getMessage())
                .lines()
                .limit(3)
                .collect(Collectors.joining(" "));
    }

    private Collector besides() {
        return new Collector(installation.wiring(), "impressions.collector");
    }

    /**
     * Each works alone for a while, and both together, on the state that the other left; until all
     * that they said has come.
     */
    private void upgradeAndWithdraw(Processor old, Processor next, Collector besides)
            throws Exception {
        try (Wiring other = installation.wire()) {
            Streams before = installation.wiring().streams(StreamsSettings.defaults(), old);
            Streams after = other.streams(StreamsSettings.defaults(), next);
            try {
                before.start();
                settle();
                after.start();
                settle();
                before.stop();
                settle();
                before.start();
                settle();
                after.stop();
                settle();
                await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
                await().atMost(LONG).until(() -> besides.distinct() == saidBesides());
            } finally {
                before.stop();
                after.stop();
            }
        }
    }

    private void settle() throws Exception {
        views.publish(PORTION);
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
    }

    /** Right or wrong: {@link VersionBooks} would count what ought to be. */
    private long saidBesides() {
        return installation.number(
                "select count(*) from streams.outbox where topic = 'impressions'");
    }
}
