package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.Appending.Trouble;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import io.farandole.streams.deadletters.OpenLetters;
import io.farandole.streams.deadletters.PutAside;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was put aside is folded again after it was mended, and the books say so. */
final class RedrivingIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SettableClock clock = new SettableClock(now);
    private final Appending appending =
            Appending.inAnyOrder()
                    .troubles("bad", Trouble.THROWS)
                    .troubles("odd", Trouble.REFUSED)
                    .troubles("old", Trouble.LATE);
    private BatchDatabase database;
    private PreparedProcessor prepared;
    private BatchTransaction<ActivityEvent> batches;
    private RetryingWaiting retrying;
    private DeadLetterDesk desk;
    private int made;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Appending.NAME);
        prepared = new PreparingProcessors(database.pool(4), clock).prepare(appending.processor());
        batches = prepared.batches(appending.source());
        retrying = prepared.retryingWaiting();
        desk = new DeadLetterDesk(database.owner(), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Delivery rated(String user, String item) {
        return Deliveries.rated(made++, user, item, now);
    }

    private List<Long> redrive(DeadLetterFilter filter) {
        return desk.redrive(desk.redrivable(filter).stream().map(DeadLetter::id).toList());
    }

    @Test
    void movesThemFromWhereTheyWereCounted() {
        batches.apply(
                List.of(
                        rated("a", "good"),
                        rated("a", "bad"),
                        rated("b", "odd"),
                        rated("b", "old"),
                        rated("c", "fine")),
                0);
        assertThat(database.ledger()).isEqualTo("5|2|0|1|1|1|0");
        List.of("bad", "odd", "old").forEach(appending::mend);

        assertThat(redrive(DeadLetterFilter.ofProcessor(Appending.NAME))).hasSize(3);
        assertThat(database.ledger()).isEqualTo("5|2|0|1|1|1|0");
        assertThat(retrying.retryDue(10, 7)).isEqualTo(new Receipt(3, 0, 0, 0, 0, 0, 3, 0));

        assertThat(database.ledger()).isEqualTo("5|5|0|0|0|0|0");
        assertThat(database.number("select count(*) from streams.outbox")).isEqualTo(5);
        assertThat(desk.open(DeadLetterFilter.ALL, 10)).isEmpty();
        assertThat(redrive(DeadLetterFilter.ALL)).isEmpty();
        assertThat(retrying.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
    }

    @Test
    void nothingComesBackOfWhoAskedToBeForgotten() {
        Instant erased = now.plusSeconds(60);
        clock.advance(Duration.ofMinutes(2));
        batches.apply(List.of(rated("a", "bad"), rated("b", "bad")), 0);
        batches.apply(List.of(Deliveries.erased("a", erased)), 0);
        batches.apply(List.of(Deliveries.rated(made++, "a", "bad", now, erased.plusSeconds(1))), 0);
        assertThat(database.ledger()).isEqualTo("4|1|0|0|0|3|0");
        appending.mend("bad");

        assertThat(redrive(DeadLetterFilter.ALL)).hasSize(3);
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(2);

        assertThat(database.rows("select key, value ->> 'items' from appending.logs order by key"))
                .containsExactly("a|[\"bad\"]", "b|[\"bad\"]");
        assertThat(database.number("select count(*) from streams.outbox")).isEqualTo(2);
        assertThat(database.ledger()).isEqualTo("3|3|0|0|0|0|0");
        assertThat(database.number("select sum(withheld) from streams.ledger")).isEqualTo(1);
        assertThat(desk.open(DeadLetterFilter.ALL, 10)).isEmpty();
    }

    @Test
    void nothingOfWhoAskedToBeForgottenIsDecoded() {
        clock.advance(Duration.ofMinutes(2));
        batches.apply(
                List.of(
                        rated("a", "bad"),
                        Deliveries.broken(rated("a", "good")),
                        rated("b", "bad"),
                        Deliveries.broken(rated("b", "good")),
                        Deliveries.erased("a", now.plusSeconds(60))),
                0);
        appending.mend("bad");
        assertThat(appending.checked()).containsExactly("a", "b");

        assertThat(redrive(DeadLetterFilter.ALL)).hasSize(4);
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(1);

        assertThat(appending.checked()).containsExactly("b");
        assertThat(database.ledger()).isEqualTo("3|2|0|0|1|0|0");
        assertThat(database.number("select sum(withheld) from streams.ledger")).isEqualTo(2);
        assertThat(desk.open(DeadLetterFilter.ALL, 10))
                .extracting(DeadLetter::cause)
                .containsExactly(DeadLetterCause.UNDECODABLE);
    }

    @Test
    void countsThoseOfOtherGenerationsApart() {
        batches.apply(List.of(rated("a", "bad"), rated("b", "odd"), rated("c", "bad")), 0);

        assertThat(desk.counted())
                .isEqualTo(new OpenLetters(Map.of("POISON", 2L, "REJECTED", 1L), Map.of()));
        database.execute("update streams.generation set phase = 'RETIRED'");
        try {
            assertThat(desk.counted())
                    .isEqualTo(new OpenLetters(Map.of(), Map.of("POISON", 2L, "REJECTED", 1L)));
        } finally {
            database.execute("update streams.generation set phase = 'ACTIVE'");
        }
    }

    @Test
    void countsAnAttemptMoreWhenItFailsAgain() {
        batches.apply(List.of(rated("a", "bad")), 0);
        redrive(DeadLetterFilter.ALL);

        assertThat(retrying.retryDue(10, 7)).isEqualTo(new Receipt(0, 0, 0, 0, 1, 0, 0, 0));

        DeadLetter letter = desk.open(DeadLetterFilter.ALL, 10).getFirst();
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.nextAttempt()).isNull();
        assertThat(database.ledger()).isEqualTo("1|0|0|0|0|1|0");
        clock.advance(Duration.ofDays(1));
        assertThat(retrying.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
    }

    @Test
    void movesThemOnToWhatTheyAreNow() {
        batches.apply(List.of(rated("a", "bad")), 0);
        appending.troubles("bad", Trouble.REFUSED);
        redrive(DeadLetterFilter.ALL);
        retrying.retryDue(10, 7);

        assertThat(database.ledger()).isEqualTo("1|0|0|0|1|0|0");
        assertThat(desk.open(DeadLetterFilter.ALL, 10))
                .extracting(DeadLetter::cause)
                .containsExactly(DeadLetterCause.REJECTED);
    }

    @Test
    void takesThoseThatAreMeantAndNoOthers() {
        batches.apply(List.of(rated("a", "bad"), rated("b", "bad"), rated("b", "odd")), 0);
        List<DeadLetter> all = desk.open(DeadLetterFilter.ALL, 10);
        String fingerprint = all.getFirst().fingerprint();

        assertThat(all).extracting(DeadLetter::key).containsExactly("user:a", "user:b", "user:b");
        assertThat(desk.redrivable(DeadLetterFilter.ofFingerprint(fingerprint)))
                .containsExactlyElementsOf(all.subList(0, 2));
        assertThat(desk.redrivable(DeadLetterFilter.ofIds(List.of(all.get(1).id()))))
                .containsExactly(all.get(1));
        assertThat(desk.redrivable(DeadLetterFilter.ofProcessor("another"))).isEmpty();
        assertThat(
                        desk.redrivable(
                                new DeadLetterFilter(
                                        List.of(),
                                        Appending.NAME,
                                        "activity",
                                        DeadLetterCause.POISON,
                                        "user:b",
                                        null)))
                .containsExactly(all.get(1));
        assertThat(desk.open(DeadLetterFilter.ALL, 2)).hasSize(2);
        assertThat(desk.redrivable(DeadLetterFilter.ALL)).hasSize(3);
        assertThat(retrying.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
    }

    @Test
    void leavesWhatMayHaveBeenAppliedUnlessItIsNamed() {
        Instant longAgo = now.minus(Duration.ofDays(100));
        batches.apply(List.of(Deliveries.rated(made++, "a", "fine", longAgo, now)), 0);
        assertThat(desk.open(DeadLetterFilter.ALL, 10))
                .extracting(DeadLetter::cause)
                .containsExactly(DeadLetterCause.EXPIRED_HORIZON);

        assertThat(redrive(DeadLetterFilter.ofProcessor(Appending.NAME))).isEmpty();
        long id = desk.open(DeadLetterFilter.ALL, 10).getFirst().id();
        assertThat(redrive(DeadLetterFilter.ofIds(List.of(id)))).containsExactly(id);
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("1|1|0|0|0|0|0");
    }

    @Test
    void doesNotTakeWhatHasNoIdOfOurs() {
        Delivery fine = rated("a", "fine");
        Map<String, String> attributes = new HashMap<>(fine.attributes());
        attributes.put("ce-id", "4711");
        batches.apply(
                List.of(new Delivery("m", fine.orderingKey(), attributes, fine.data(), now)), 0);
        redrive(DeadLetterFilter.ALL);

        assertThat(retrying.retryDue(10, 7).rejected()).isEqualTo(1);
        assertThat(database.ledger()).isEqualTo("1|0|0|0|1|0|0");
    }

    /** Or it would be taken from where it is not counted any more. */
    @Test
    void leavesToTheNextLookWhatWasTriedMeanwhile() throws SQLException {
        batches.apply(List.of(rated("a", "bad")), 0);
        redrive(DeadLetterFilter.ALL);
        WaitingLetters<ActivityEvent> letters =
                new WaitingLetters<>(
                        prepared,
                        appending.source(),
                        new ReadingDeliveries<>(prepared, appending.source()));
        List<WaitingLetter<ActivityEvent>> seen = letters.due(10);
        retrying.retryDue(10, 7);
        redrive(DeadLetterFilter.ALL);

        assertThat(locked(letters, seen)).isEmpty();
        assertThat(locked(letters, letters.due(10))).hasSize(1);
    }

    private List<Long> locked(
            WaitingLetters<ActivityEvent> letters, List<WaitingLetter<ActivityEvent>> seen)
            throws SQLException {
        List<Long> locked = new ArrayList<>();
        try (Connection connection = database.owner().getConnection()) {
            RoundTrip look = new RoundTrip();
            letters.lock(look, seen, locked, clock.instant());
            look.send(connection);
        }
        return locked;
    }

    @Test
    void showsTheMessageWhole() {
        Delivery bad = rated("a", "bad");
        batches.apply(List.of(bad), 0);
        long id = desk.open(DeadLetterFilter.ALL, 10).getFirst().id();

        PutAside whole = desk.one(id).orElseThrow();
        assertThat(whole.text()).isEqualTo(new String(bad.data(), StandardCharsets.UTF_8));
        assertThat(whole.attributes()).containsEntry("ce-subject", "user:a");
        assertThat(whole.letter().reason()).isEqualTo("no such star");
        assertThat(whole.letter().errorClass()).endsWith("IllegalArgumentException");
        assertThat(desk.one(id + 1)).isEmpty();
    }
}
