package io.farandole.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void balancesWhenEveryHourDoes() {
        Account account =
                Account.of(
                        published(Map.of(NINE, 3L, TEN, 2L)),
                        "profile",
                        List.of(line(NINE, 5, 3, 2, 0), line(TEN, 2, 1, 0, 1)),
                        Map.of());

        assertThat(account.balances()).isTrue();
        assertThat(account.distinctPublished()).isEqualTo(5);
        assertThat(account.delivered() - account.duplicate()).isEqualTo(5);
    }

    @Test
    void namesTheHourInWhichAnEventIsMissing() {
        Account account =
                Account.of(
                        published(Map.of(NINE, 3L, TEN, 2L)),
                        "profile",
                        List.of(line(NINE, 3, 3, 0, 0)),
                        Map.of());

        assertThat(account.imbalances())
                .containsExactly(
                        "activity at profile, hour 2026-03-01T10:00:00Z: 2 distinct events in the journal,"
                                + " 0 seen by the processor");
    }

    @Test
    void isNotDeceivedByHoursThatCancelOut() {
        Account account =
                Account.of(
                        published(Map.of(NINE, 3L, TEN, 2L)),
                        "profile",
                        List.of(line(NINE, 2, 2, 0, 0), line(TEN, 3, 3, 0, 0)),
                        Map.of());

        assertThat(account.imbalances()).hasSize(2);
    }

    @Test
    void noticesADeliveryWithoutAnOutcome() {
        Account account =
                Account.of(
                        published(Map.of(NINE, 3L)),
                        "profile",
                        List.of(line(NINE, 3, 2, 0, 0)),
                        Map.of());

        assertThat(account.imbalances())
                .containsExactly(
                        "activity at profile, hour 2026-03-01T09:00:00Z: deliveries and outcomes differ");
    }

    @Test
    void holdsHoursThatTheJournalNoLongerHasWholeAgainstTheArchive() {
        Account account =
                Account.of(
                        pastNine(Map.of(NINE, 1L, TEN, 2L)),
                        "profile",
                        List.of(line(NINE, 3, 3, 0, 0), line(TEN, 2, 2, 0, 0)),
                        Map.of(NINE, 3L));

        assertThat(account.balances()).isTrue();
        assertThat(account.distinctPublished()).isEqualTo(2);
        assertThat(account.earlier()).isEqualTo(3);
        assertThat(account.behind()).isZero();
    }

    @Test
    void namesAnEventThatOnlyTheArchiveHas() {
        Account account =
                Account.of(
                        pastNine(Map.of(TEN, 2L)),
                        "profile",
                        List.of(line(TEN, 2, 2, 0, 0)),
                        Map.of(NINE, 3L));

        assertThat(account.imbalances())
                .containsExactly(
                        "activity at profile, hour 2026-03-01T09:00:00Z: 3 events in the archive,"
                                + " 0 seen by the processor");
    }

    @Test
    void believesTheProcessorOfHoursThatNobodyElseTellsOf() {
        Account account =
                Account.of(
                        pastNine(Map.of(TEN, 2L)),
                        "ingestion",
                        List.of(line(NINE, 3, 3, 0, 0), line(TEN, 2, 2, 0, 0)),
                        Map.of());

        assertThat(account.balances()).isTrue();
        assertThat(account.behind()).isZero();
    }

    @Test
    void countsWhatAGenerationPassedOverKnowingly() {
        Account account =
                Account.of(
                        pastNine(Map.of(TEN, 5L)),
                        "profile",
                        List.of(passedOver(NINE, 1, 0, 6), passedOver(TEN, 2, 3, 0)),
                        Map.of(NINE, 7L));

        assertThat(account.balances()).isTrue();
        assertThat(account.withheld()).isEqualTo(3);
        assertThat(account.expired()).isEqualTo(6);
        assertThat(account.earlier()).isEqualTo(7);
        assertThat(account.behind()).isZero();
    }

    @Test
    void namesWhatWasPassedOverWhereItIsNotAll() {
        Account account =
                Account.of(
                        published(Map.of(NINE, 7L)),
                        "profile",
                        List.of(passedOver(NINE, 2, 3, 1)),
                        Map.of());

        assertThat(account.imbalances())
                .containsExactly(
                        "activity at profile, hour 2026-03-01T09:00:00Z: 7 distinct events in the"
                                + " journal, 2 seen by the processor, 3 withheld from it, 1 expired"
                                + " before it was built");
        assertThat(account.behind()).isEqualTo(1);
    }

    private static LedgerLine passedOver(Instant hour, long seen, long withheld, long expired) {
        return new LedgerLine(
                "activity", "profile", 2, hour, seen, seen, 0, 0, 0, 0, 0, withheld, expired);
    }

    private static Published published(Map<Instant, Long> distinctByHour) {
        return new Published(TopicCatalogue.ACTIVITY, 9, NINE, distinctByHour);
    }

    private static Published pastNine(Map<Instant, Long> distinctByHour) {
        return new Published(TopicCatalogue.ACTIVITY, 9, NINE.plusSeconds(1), distinctByHour);
    }

    private static LedgerLine line(
            Instant hour, long delivered, long applied, long duplicate, long rejected) {
        return new LedgerLine(
                "activity",
                "profile",
                1,
                hour,
                delivered,
                applied,
                duplicate,
                0,
                rejected,
                0,
                0,
                0,
                0);
    }
}
