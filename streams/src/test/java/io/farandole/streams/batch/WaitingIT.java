package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that need what is not there yet. */
final class WaitingIT {

    private static final Receipt NONE_DUE = Receipt.NOTHING;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SettableClock clock = new SettableClock(start);
    private BatchDatabase database;
    private BatchTransaction<ActivityEvent> batches;
    private RetryingWaiting retrying;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Counting.NAME);
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(4), clock).prepare(Counting.processor());
        batches = prepared.batches(Counting.SOURCE);
        retrying = prepared.retryingWaiting();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Delivery rated(int number, String user, String item) {
        return Deliveries.rated(number, user, item, start);
    }

    @Test
    void areKeptAndMovedInTheLedgerOnceApplied() {
        assertThat(batches.apply(List.of(rated(1, "a", "after-x")), 0))
                .isEqualTo(new Receipt(0, 0, 0, 0, 0, 1, 0, 0));
        assertThat(database.ledger()).isEqualTo("1|0|0|0|0|0|1");
        assertThat(database.rows("select key from counting.users")).isEmpty();

        batches.apply(List.of(rated(2, "b", "x")), 1);
        Receipt retried = retrying.retryDue(100, 1);

        assertThat(retried).isEqualTo(new Receipt(1, 0, 0, 0, 0, 0, 1, 0));
        assertThat(database.ledger()).isEqualTo("2|2|0|0|0|0|0");
        assertThat(database.rows("select key from counting.users order by 1"))
                .containsExactly("a", "b");
        assertThat(
                        database.rows(
                                """
                                select cause, status, attempts, next_attempt_at, resolved_at = first_seen
                                from streams.dead_letter
                                """))
                .containsExactly("WAITING|RESOLVED|2|null|t");
        assertThat(database.number("select count(*) from streams.outbox")).isEqualTo(2);
    }

    @Test
    void areTriedAfterEverLongerPauses() {
        batches.apply(List.of(rated(1, "a", "after-x")), 0);
        assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);

        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60}) {
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);
            clock.advance(Duration.ofMillis(1));
            assertThat(retrying.retryDue(10, 0).waiting()).isEqualTo(1);
        }
        assertThat(database.rows("select attempts, status from streams.dead_letter"))
                .containsExactly("12|OPEN");
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);
        clock.advance(Duration.ofMillis(1));
        assertThat(retrying.retryDue(10, 0).waiting()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("1|0|0|0|0|0|1");
    }

    @Test
    void areTriedAtOnceWhenWhatTheyNeedAppearsHoweverLate() {
        batches.apply(List.of(rated(1, "a", "after-x"), rated(2, "a", "after-y")), 0);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMinutes(1));
            retrying.retryDue(10, 0);
        }
        assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);

        batches.apply(List.of(rated(3, "b", "x")), 0);

        assertThat(retrying.retryDue(10, 0)).isEqualTo(new Receipt(1, 0, 0, 0, 0, 0, 1, 0));
        assertThat(database.ledger()).isEqualTo("3|2|0|0|0|0|1");
    }

    @Test
    void wakeOneAnother() {
        batches.apply(List.of(rated(1, "a", "after-after-x"), rated(2, "a", "after-x")), 0);
        batches.apply(List.of(rated(3, "b", "x")), 0);

        assertThat(retrying.retryDue(10, 0).applied()).isEqualTo(1);
        assertThat(retrying.retryDue(10, 0).applied()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("3|3|0|0|0|0|0");
    }

    @Test
    void areDuplicatesWhenDeliveredAgain() {
        Delivery waiting = rated(1, "a", "after-x");
        batches.apply(List.of(waiting), 0);

        assertThat(batches.apply(List.of(waiting), 0).duplicate()).isEqualTo(1);
        assertThat(database.number("select count(*) from streams.dead_letter")).isEqualTo(1);
    }

    @Test
    void areAppliedInTheirTimeWhenTheyCameBeforeIt() {
        Delivery early = Deliveries.rated(1, "a", "x", start.plus(Duration.ofMinutes(7)));
        assertThat(batches.apply(List.of(early, early), 0))
                .isEqualTo(new Receipt(0, 1, 0, 0, 0, 1, 0, 0));
        assertThat(
                        database.rows(
                                "select cause, extract(epoch from next_attempt_at - first_seen)::int"
                                        + " from streams.dead_letter"))
                .containsExactly("WAITING|120");

        clock.advance(Duration.ofSeconds(119));
        assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(retrying.retryDue(10, 0)).isEqualTo(new Receipt(1, 0, 0, 0, 0, 0, 1, 0));
        assertThat(batches.apply(List.of(early), 1).duplicate()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("3|1|2|0|0|0|0");
        assertThat(database.rows("select status from streams.dead_letter"))
                .containsExactly("RESOLVED");
    }

    @Test
    void areDuplicatesWhenTheyCameAgainInTheirTime() {
        Delivery early = Deliveries.rated(1, "a", "x", start.plus(Duration.ofMinutes(6)));
        batches.apply(List.of(early), 0);
        clock.advance(Duration.ofMinutes(2));
        assertThat(batches.apply(List.of(early), 1).applied()).isEqualTo(1);

        assertThat(retrying.retryDue(10, 0)).isEqualTo(new Receipt(0, 1, 0, 0, 0, 0, 0, 0));
        assertThat(database.ledger()).isEqualTo("2|1|1|0|0|0|0");
        assertThat(database.rows("select value ->> 'number' from counting.users"))
                .containsExactly("1");
        assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);
    }

    @Test
    void areClaimedOnceWhenTheyWaitForSomethingElseThen() {
        Delivery early = Deliveries.rated(1, "a", "after-x", start.plus(Duration.ofMinutes(6)));
        batches.apply(List.of(early), 0);
        clock.advance(Duration.ofMinutes(2));
        assertThat(retrying.retryDue(10, 0).waiting()).isEqualTo(1);
        batches.apply(List.of(rated(2, "b", "x")), 0);

        assertThat(retrying.retryDue(10, 0).applied()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("2|2|0|0|0|0|0");
    }

    @Test
    void areLookedAtOnceADayWhenTheirTimeIsFarAway() {
        Instant thousandsOfYears = Instant.parse("+010000-01-01T00:00:00Z");
        batches.apply(List.of(Deliveries.rated(1, "a", "x", thousandsOfYears, start)), 0);
        for (int day = 0; day < 2; day++) {
            assertThat(retrying.retryDue(10, 0)).isEqualTo(NONE_DUE);
            clock.advance(Duration.ofDays(1));
            assertThat(retrying.retryDue(10, 0).waiting()).isEqualTo(1);
        }
        assertThat(database.ledger()).isEqualTo("1|0|0|0|0|0|1");
    }

    @Test
    void becomePoisonWhenTheyFailInTheEnd() {
        batches.apply(List.of(rated(1, "a", "after-x"), rated(2, "b", "after-x")), 0);
        batches.apply(List.of(rated(3, "c", "x")), 0);
        database.execute(
                """
                create function refuse() returns trigger language plpgsql as $$
                begin raise exception 'never a' using errcode = '22000'; end $$;
                create trigger refuse before update on counting.users
                  for each row when (new.key = 'a') execute function refuse()
                """);
        try {
            assertThat(retrying.retryDue(10, 0)).isEqualTo(new Receipt(1, 0, 0, 0, 1, 0, 1, 0));
        } finally {
            database.execute("drop function refuse cascade");
        }
        assertThat(
                        database.rows(
                                "select cause, status, attempts from streams.dead_letter order by id"))
                .containsExactly("POISON|OPEN|2", "WAITING|RESOLVED|2");
        assertThat(database.ledger()).isEqualTo("3|2|0|0|0|1|0");
    }
}
