package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The two halves of the ledger are counted apart, and compared. */
final class BooksTest {

    private static final Instant HOUR = Instant.parse("2026-01-01T12:00:00Z");

    private final Books books = new Books(new Generation(1, "counting", 1), "activity", 0);

    private void write() {
        books.write(new RoundTrip(), HOUR);
    }

    @Test
    void balanceWhenEachDeliveredHasOneOutcome() {
        books.delivered(HOUR);
        books.delivered(HOUR);
        books.count(HOUR, Count.APPLIED);
        books.count(HOUR, Count.DUPLICATE);

        assertThatCode(this::write).doesNotThrowAnyException();
    }

    @Test
    void balanceWhenWhatWaitedIsMoved() {
        books.noLonger(HOUR, Count.WAITING);
        books.count(HOUR, Count.APPLIED);

        assertThatCode(this::write).doesNotThrowAnyException();
    }

    @Test
    void blameNoMessageForAMissingOutcome() {
        books.delivered(HOUR);
        books.delivered(HOUR);
        books.count(HOUR, Count.APPLIED);

        assertThatThrownBy(this::write)
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("counting on activity do not balance")
                .hasMessageContaining("2 delivered, but {APPLIED=1}");
    }

    @Test
    void blameNoMessageForAnOutcomeInAnotherHour() {
        books.delivered(HOUR);
        books.count(HOUR.plus(1, ChronoUnit.HOURS), Count.APPLIED);

        assertThatThrownBy(this::write).isInstanceOf(InfrastructureTrouble.class);
    }
}
