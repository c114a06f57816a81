package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.batch.Appending.Trouble;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where order matters, what comes after a message that is not applied stands behind it. */
final class ParkedKeysIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SettableClock clock = new SettableClock(now);
    private final Appending appending = Appending.inOrder().troubles("bad", Trouble.THROWS);
    private BatchDatabase database;
    private BatchTransaction<ActivityEvent> batches;
    private RetryingWaiting retrying;
    private DeadLetterDesk desk;
    private int made;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Appending.NAME);
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(4), clock).prepare(appending.processor());
        batches = prepared.batches(appending.source());
        retrying = prepared.retryingWaiting();
        desk = new DeadLetterDesk(database.owner(), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void parkTheirFollowersInTheSameBatchAndInLaterOnes() {
        assertThat(apply("a first", "a bad", "a second", "b first"))
                .isEqualTo(new Receipt(2, 0, 0, 0, 1, 1, 2, 0));
        assertThat(apply("a third", "b second")).isEqualTo(new Receipt(1, 0, 0, 0, 0, 1, 1, 0));

        assertThat(log("a")).isEqualTo("[\"first\"]");
        assertThat(log("b")).isEqualTo("[\"first\", \"second\"]");
        assertThat(letters())
                .containsExactly(
                        "POISON|OPEN|1|user:a",
                        "PARKED_BEHIND|OPEN|1|user:a",
                        "PARKED_BEHIND|OPEN|1|user:a");
        assertThat(parked()).containsExactly("user:a");
        assertThat(database.ledger()).isEqualTo("6|3|0|0|0|1|2");
        assertThat(retrying.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
    }

    @Test
    void followInOrderWhenTheFirstIsRedriven() {
        apply("a first", "a bad", "a second", "b first");
        apply("a third");
        appending.mend("bad");

        assertThat(desk.redrive(ids())).hasSize(1);
        assertThat(retrying.retryDue(10, 7)).isEqualTo(new Receipt(3, 0, 0, 0, 0, 0, 3, 0));

        assertThat(log("a")).isEqualTo("[\"first\", \"bad\", \"second\", \"third\"]");
        assertThat(letters())
                .containsExactly(
                        "POISON|RESOLVED|2|user:a",
                        "PARKED_BEHIND|RESOLVED|2|user:a",
                        "PARKED_BEHIND|RESOLVED|2|user:a");
        assertThat(parked()).isEmpty();
        assertThat(database.ledger()).isEqualTo("5|5|0|0|0|0|0");
        assertThat(apply("a fourth").applied()).isEqualTo(1);
        assertThat(toldVersions("a")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void stayParkedWhenTheFirstFailsAgain() {
        apply("a bad", "a second");

        desk.redrive(ids());
        assertThat(retrying.retryDue(10, 7).deadLettered()).isEqualTo(1);

        assertThat(letters())
                .containsExactly("POISON|OPEN|2|user:a", "PARKED_BEHIND|OPEN|1|user:a");
        assertThat(database.ledger()).isEqualTo("2|0|0|0|0|1|1");
        assertThat(retrying.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
    }

    @Test
    void stopAgainAtTheNextOneThatFails() {
        appending.troubles("worse", Trouble.THROWS);
        apply("a bad", "a second", "a worse", "a third");
        appending.mend("bad");

        desk.redrive(ids());
        assertThat(retrying.retryDue(10, 7)).isEqualTo(new Receipt(2, 0, 0, 0, 1, 0, 2, 0));
        assertThat(log("a")).isEqualTo("[\"bad\", \"second\"]");
        assertThat(open()).containsExactly("POISON", "PARKED_BEHIND");
        assertThat(database.ledger()).isEqualTo("4|2|0|0|0|1|1");

        appending.mend("worse");
        desk.redrive(ids());
        retrying.retryDue(10, 7);
        assertThat(log("a")).isEqualTo("[\"bad\", \"second\", \"worse\", \"third\"]");
        assertThat(database.ledger()).isEqualTo("4|4|0|0|0|0|0");
    }

    @Test
    void areTriedFromTheFirstWhicheverIsRedriven() {
        apply("a bad", "a second");
        long first = ids().getFirst();
        appending.mend("bad");

        assertThat(desk.redrive(List.of(ids().getLast()))).containsExactly(first);
        assertThat(desk.pending(ids())).isEqualTo(2);
        retrying.retryDue(10, 7);

        assertThat(desk.pending(ids())).isZero();
        assertThat(log("a")).isEqualTo("[\"bad\", \"second\"]");
    }

    @Test
    void followByThemselvesWhatWaitedForARow() {
        appending.troubles("early", Trouble.AFTER_OPENING);
        apply("a early", "a second");
        assertThat(database.ledger()).isEqualTo("2|0|0|0|0|0|2");

        apply("b opening");
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(2);

        assertThat(log("a")).isEqualTo("[\"early\", \"second\"]");
        assertThat(parked()).isEmpty();
        assertThat(database.ledger()).isEqualTo("3|3|0|0|0|0|0");
    }

    @Test
    void standBehindWhatAStepFailsOn() {
        appending.troubles("buggy", Trouble.STEP_THROWS);
        apply("a buggy", "a second");
        assertThat(apply("a third").waiting()).isEqualTo(1);
        assertThat(open()).containsExactly("POISON", "PARKED_BEHIND", "PARKED_BEHIND");

        appending.mend("buggy");
        desk.redrive(ids());
        retrying.retryDue(10, 7);
        assertThat(log("a")).isEqualTo("[\"buggy\", \"second\", \"third\"]");
    }

    @Test
    void doNotStandBehindWhatIsRefusedForGood() {
        appending.troubles("odd", Trouble.REFUSED).troubles("old", Trouble.LATE);
        apply("a odd", "a old", "a second");

        assertThat(log("a")).isEqualTo("[\"second\"]");
        assertThat(parked()).isEmpty();
        assertThat(database.ledger()).isEqualTo("3|1|0|1|1|0|0");
    }

    @Test
    void goOnWithoutAFirstThatIsRefusedInTheEnd() {
        apply("a bad", "a second");
        appending.troubles("bad", Trouble.REFUSED);

        desk.redrive(ids());
        retrying.retryDue(10, 7);

        assertThat(log("a")).isEqualTo("[\"second\"]");
        assertThat(parked()).isEmpty();
        assertThat(letters())
                .containsExactly("REJECTED|OPEN|2|null", "PARKED_BEHIND|RESOLVED|2|user:a");
        assertThat(database.ledger()).isEqualTo("2|1|0|0|1|0|0");
    }

    @Test
    void followInPortions() {
        apply("a bad");
        for (int n = 0; n < 25; n++) {
            apply("a n" + n);
        }
        appending.mend("bad");
        desk.redrive(List.of(ids().getFirst()));

        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(10);
        assertThat(apply("a last").waiting()).isEqualTo(1);
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(10);
        assertThat(retrying.retryDue(10, 7).applied()).isEqualTo(7);

        List<String> all = new ArrayList<>(List.of("bad"));
        IntStream.range(0, 25).forEach(n -> all.add("n" + n));
        all.add("last");
        assertThat(log("a")).isEqualTo("[\"" + String.join("\", \"", all) + "\"]");
        assertThat(database.ledger()).isEqualTo("27|27|0|0|0|0|0");
    }

    @Test
    void areNotBlamedForOneThatCannotBeStoredBehindThem() {
        appending.troubles("half", Trouble.UNSTORABLE);
        apply("a bad", "a second", "a half", "a third");
        appending.mend("bad");

        desk.redrive(ids());
        for (int i = 0; i < 4; i++) {
            retrying.retryDue(10, 7);
        }

        assertThat(log("a")).isEqualTo("[\"bad\", \"second\"]");
        assertThat(open()).containsExactly("POISON", "PARKED_BEHIND");
        assertThat(database.ledger()).isEqualTo("4|2|0|0|0|1|1");
    }

    @Test
    void parkWhatFollowsOneThatCannotBeStored() {
        appending.troubles("half", Trouble.UNSTORABLE);
        apply("a first", "a half", "a second", "b first");

        assertThat(log("a")).isEqualTo("[\"first\"]");
        assertThat(log("b")).isEqualTo("[\"first\"]");
        assertThat(open()).containsExactly("POISON", "PARKED_BEHIND");
    }

    @Test
    void areDuplicatesWhenTheyAreDeliveredAgain() {
        Delivery bad = rated("a", "bad");
        Delivery second = rated("a", "second");
        batches.apply(List.of(bad, second), 0);

        assertThat(batches.apply(List.of(bad, second), 1).duplicate()).isEqualTo(2);
        assertThat(database.ledger()).isEqualTo("4|0|2|0|0|1|1");
    }

    @Test
    void areTriedAtOnceWhenOrderDoesNotMatterAnyMore() {
        apply("a bad", "a second", "a third");
        Appending now = Appending.inAnyOrder().troubles("bad", Trouble.THROWS);
        RetryingWaiting freed =
                new PreparingProcessors(database.pool(2), clock)
                        .prepare(now.processor())
                        .retryingWaiting();

        assertThat(freed.retryDue(10, 7)).isEqualTo(new Receipt(2, 0, 0, 0, 1, 0, 2, 0));
        assertThat(freed.retryDue(10, 7)).isEqualTo(Receipt.NOTHING);
        assertThat(log("a")).isEqualTo("[\"second\", \"third\"]");
        assertThat(database.ledger()).isEqualTo("3|2|0|0|0|1|0");
    }

    @Test
    void leaveNoKeyBehindThatIsNotParked() {
        apply("a first", "b first", "c first");
        assertThat(database.number("select count(*) from streams.parked_key")).isZero();
    }

    private Receipt apply(String... words) {
        List<Delivery> deliveries = new ArrayList<>();
        for (String word : words) {
            deliveries.add(
                    rated(
                            word.substring(0, word.indexOf(' ')),
                            word.substring(word.indexOf(' ') + 1)));
        }
        return batches.apply(deliveries, 0);
    }

    private Delivery rated(String user, String item) {
        return Deliveries.rated(made++, user, item, now);
    }

    private List<Long> ids() {
        return desk.open(DeadLetterFilter.ALL, 100).stream().map(DeadLetter::id).toList();
    }

    private List<String> open() {
        return desk.open(DeadLetterFilter.ALL, 100).stream()
                .map(letter -> letter.cause().name())
                .toList();
    }

    private List<String> letters() {
        return database.rows(
                "select cause, status, attempts, line from streams.dead_letter order by id");
    }

    private List<String> parked() {
        return database.rows("select key from streams.parked_key where since is not null");
    }

    private String log(String user) {
        return database.rows(
                        "select value ->> 'items' from appending.logs where key = '" + user + "'")
                .getFirst();
    }

    private List<String> toldVersions(String user) {
        return database.rows(
                """
                select convert_from(payload, 'UTF8')::jsonb #>> '{listRefreshed,version}'
                from streams.outbox where ordering_key = 'user:%s' order by id
                """
                        .formatted(user));
    }
}
