package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One batch after the other: what each kind of message comes to. */
final class BatchTransactionIT {

    private static final String USERS =
            "select key, value ->> 'number' from counting.users order by key collate \"C\"";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private BatchDatabase database;
    private PreparedProcessor prepared;
    private BatchTransaction<ActivityEvent> batches;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Counting.NAME);
        prepared =
                new PreparingProcessors(database.pool(4), Clock.systemUTC())
                        .prepare(Counting.processor());
        batches = prepared.batches(Counting.SOURCE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Delivery rated(int number, String user, String item) {
        return Deliveries.rated(number, user, item, now);
    }

    private Receipt apply(Delivery... deliveries) {
        return batches.apply(List.of(deliveries), 0);
    }

    @Test
    void foldsABatchIntoItsRows() {
        Receipt receipt = apply(rated(1, "a", "x"), rated(2, "b", "x"), rated(3, "a", "y"));

        assertThat(receipt).isEqualTo(new Receipt(3, 0, 0, 0, 0, 0, 3, 0));
        assertThat(database.rows(USERS)).containsExactly("a|2", "b|1");
        assertThat(database.ledger()).isEqualTo("3|3|0|0|0|0|0");
    }

    @Test
    void appliesWhatIsDeliveredTwiceOnce() {
        apply(rated(1, "a", "x"), rated(2, "a", "x"), rated(1, "a", "x"));
        Receipt again = apply(rated(2, "a", "x"), rated(3, "a", "x"));

        assertThat(again).isEqualTo(new Receipt(1, 1, 0, 0, 0, 0, 1, 0));
        assertThat(database.rows(USERS)).containsExactly("a|3");
        assertThat(database.ledger()).isEqualTo("5|3|2|0|0|0|0");
        assertThat(database.number("select count(*) from streams.outbox")).isEqualTo(3);
    }

    @Test
    void countsADuplicateInTheHourOfItsFirstPublication() {
        Delivery first = rated(1, "a", "x");
        Instant later = now.plus(3, ChronoUnit.HOURS);
        Delivery second =
                new Delivery("other", first.orderingKey(), first.attributes(), first.data(), later);

        apply(first);
        apply(second);

        assertThat(database.rows("select delivered, applied, duplicate from streams.ledger"))
                .containsExactly("2|1|1");
    }

    @Test
    void keepsTheFailingOneAndAppliesItsNeighbours() {
        Receipt receipt =
                apply(
                        rated(1, "a", "x"),
                        rated(2, "a", "throws"),
                        rated(3, "a", "unstorable"),
                        rated(4, "a", "undeclarable"),
                        rated(5, "b", "x"));

        assertThat(receipt).isEqualTo(new Receipt(2, 0, 0, 0, 3, 0, 2, 0));
        assertThat(database.rows(USERS)).containsExactly("a|1", "b|1");
        assertThat(
                        database.rows(
                                """
                                select cause, status, reason, error_class, length(fingerprint) > 6
                                from streams.dead_letter
                                where error_class not like 'org.postgresql%' order by id
                                """))
                .containsExactlyInAnyOrder(
                        "POISON|OPEN|no such star 17|java.lang.IllegalArgumentException|t",
                        "POISON|OPEN|cannot say what it needs|java.lang.IllegalStateException|t");
        assertThat(database.number("select count(*) from streams.dead_letter")).isEqualTo(3);
        assertThat(database.ledger()).isEqualTo("5|2|0|0|0|3|0");
    }

    @Test
    void blamesAnErrorOnTheMessageThatThrowsIt() {
        Receipt receipt =
                apply(rated(1, "a", "overflows"), rated(2, "a", "asserts"), rated(3, "a", "x"));

        assertThat(receipt).isEqualTo(new Receipt(1, 0, 0, 0, 2, 0, 1, 0));
        assertThat(database.rows("select error_class from streams.dead_letter order by 1"))
                .containsExactly("java.lang.AssertionError", "java.lang.StackOverflowError");
    }

    @Test
    void keepsADeadLetterOnce() {
        Delivery poison = rated(1, "a", "unstorable");

        apply(poison);
        Receipt again = apply(poison, rated(2, "a", "throws"), rated(2, "a", "throws"));

        assertThat(again).isEqualTo(new Receipt(0, 2, 0, 0, 1, 0, 0, 0));
        assertThat(database.number("select count(*) from streams.dead_letter")).isEqualTo(2);
    }

    @Test
    void countsLateAndRefusedApart() {
        Receipt receipt = apply(rated(1, "a", "late"), rated(2, "a", "refused"));

        assertThat(receipt).isEqualTo(new Receipt(0, 0, 1, 1, 0, 0, 0, 0));
        assertThat(database.rows("select cause, reason, place from streams.dead_letter order by 1"))
                .containsExactly("LATE|the window is closed|", "REJECTED|not a thing|$.rated.item");
        assertThat(database.rows(USERS)).isEmpty();
    }

    @Test
    void refusesWhatIsNoEvent() {
        Delivery good = rated(1, "a", "x");
        byte[] broken = "{\"rated\": {\"user\": 7".getBytes(StandardCharsets.UTF_8);
        Map<String, String> nul = new HashMap<>(good.attributes());
        nul.put("ce-id", "has a \0 in it");

        Receipt receipt =
                apply(
                        new Delivery("m1", "user:a", good.attributes(), broken, now),
                        new Delivery("m2", "", Map.of(), new byte[] {0, 1, 2}, now),
                        new Delivery("m3", "k", nul, good.data(), now),
                        new Delivery("m2", "", Map.of(), new byte[] {0, 1, 2}, now));

        assertThat(receipt).isEqualTo(new Receipt(0, 1, 0, 3, 0, 0, 0, 0));
        assertThat(database.rows("select distinct cause, status from streams.dead_letter"))
                .containsExactly("UNDECODABLE|OPEN");
        assertThat(database.rows("select attributes ->> 'ce-id' from streams.dead_letter"))
                .contains("has a ␀ in it");
        assertThat(database.ledger()).isEqualTo("4|0|1|0|3|0|0");
    }

    @Test
    void refusesAnInternalEventWhoseIdHasNoTime() {
        Delivery foreign =
                Deliveries.delivery(
                        TopicCatalogue.ACTIVITY,
                        "rating-17",
                        "farandole/ingestion",
                        Deliveries.event("a", "x"),
                        now);

        assertThat(apply(foreign, foreign)).isEqualTo(new Receipt(0, 1, 0, 1, 0, 0, 0, 0));
        assertThat(database.rows("select cause, place from streams.dead_letter"))
                .containsExactly("UNDECODABLE|attribute ce-id");
    }

    @Test
    void putsAsideWhatIsTooOldToBeKnownAndLetsWaitWhatComesFromTheFuture() {
        Delivery old = Deliveries.rated(1, "a", "x", now.minus(40, ChronoUnit.DAYS));
        Delivery oldest = Deliveries.rated(2, "a", "x", now.minus(33, ChronoUnit.DAYS));
        Delivery future = Deliveries.rated(3, "a", "x", now.plus(6, ChronoUnit.MINUTES));
        Delivery soon = Deliveries.rated(4, "a", "x", now.plus(4, ChronoUnit.MINUTES));

        Receipt receipt = apply(old, oldest, future, soon);

        assertThat(receipt).isEqualTo(new Receipt(2, 0, 0, 0, 1, 1, 2, 0));
        assertThat(database.rows("select cause from streams.dead_letter order by id"))
                .containsExactly("EXPIRED_HORIZON", "WAITING");
        assertThat(apply(old, future).duplicate()).isEqualTo(2);
    }

    @Test
    void neverPutsTheWatermarkIntoTheFuture() {
        apply(Deliveries.rated(4, "a", "x", now.plus(4, ChronoUnit.MINUTES)));

        assertThat(database.rows("select event_time <= now() from streams.watermark"))
                .containsExactly("t");
    }

    @Test
    void leavesNoRowWithoutAValue() {
        apply(rated(1, "a", "nothing"), rated(2, "b", "x"), rated(3, "c", "late"));
        apply(rated(4, "b", "forget"));

        assertThat(database.rows("select key from counting.users")).isEmpty();
        assertThat(database.rows("select key from counting.items")).containsExactly("x");
    }

    @Test
    void makesARemovedRowAnew() {
        apply(rated(1, "a", "x"), rated(2, "a", "forget"), rated(3, "a", "y"));
        assertThat(database.rows(USERS)).containsExactly("a|1");

        apply(rated(4, "a", "forget"));
        apply(rated(5, "a", "y"), rated(6, "a", "y"));
        assertThat(database.rows(USERS)).containsExactly("a|2");
    }

    @Test
    void removesARange() {
        apply(rated(1, "a", "range-1"), rated(2, "a", "range-é"), rated(3, "a", "rang"));
        apply(rated(4, "a", "range-2"), rated(5, "b", "forget-all"), rated(6, "c", "range-3"));

        assertThat(database.rows("select key from counting.items order by 1"))
                .containsExactly("rang", "range-3");
    }

    @Test
    void saysWithTheEnvelopeOfItsInput() {
        Delivery input = rated(1, "a", "x");
        apply(input);

        assertThat(
                        database.rows(
                                """
                                select attributes ->> 'ce-source', attributes ->> 'ce-type',
                                       attributes ->> 'ce-subject', attributes ->> 'ce-sequence',
                                       attributes ->> 'ce-correlationid',
                                       attributes ->> 'ce-causationid' = '%1$s',
                                       attributes ->> 'ce-causedbyid' = 'of-%1$s',
                                       attributes ->> 'ce-causedbysource',
                                       attributes ->> 'ce-time' = '%2$s',
                                       attributes ->> 'traceparent' is not null,
                                       attributes ->> 'ce-id' = event_id::text,
                                       ordering_key, topic, published_at
                                from streams.outbox
                                """
                                        .formatted(input.attributes().get("ce-id"), now)))
                .containsExactly(
                        "farandole/counting|io.farandole.recommendations.listRefreshed.v1|user:a"
                                + "|00000000000000000001|run-1|t|t|app|t|t|t|user:a"
                                + "|recommendations|null");
    }

    @Test
    void givesTheSameIdsToWhatFollowsFromTheSameInput() {
        apply(rated(1, "a", "x"));
        String id = database.rows("select event_id from streams.outbox").getFirst();
        database.close();
        prepare();
        apply(rated(2, "a", "x"), rated(1, "a", "x"));

        assertThat(database.rows("select event_id::text from streams.outbox")).contains(id);
    }

    @Test
    void numbersWhatIsSaidOnEachKey() {
        List<Delivery> many = new ArrayList<>(Deliveries.ratings(0, 50, 3, 5, now));
        batches.apply(many.subList(0, 20), 0);
        batches.apply(many.subList(10, 50), 0);

        assertThat(
                        database.rows(
                                """
                                select count(*), count(distinct seq), max(seq) = count(*),
                                       bool_and(seq = place)
                                from (select ordering_key, (attributes ->> 'ce-sequence')::int seq,
                                        row_number() over (partition by ordering_key order by id)
                                          as place
                                      from streams.outbox) said
                                group by ordering_key order by 1
                                """))
                .containsExactly("16|16|t|t", "17|17|t|t", "17|17|t|t");
    }

    @Test
    void blamesNoMessageForARowThatCannotBeRead() {
        apply(rated(1, "a", "x"));
        database.execute("update counting.users set value = '{\"number\": \"many\"}'");

        assertThatThrownBy(() -> apply(rated(2, "a", "x")))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("row a of store users cannot be read as Ratings");
        assertThat(database.ledger()).isEqualTo("1|1|0|0|0|0|0");
    }

    @Test
    void goesOnWhenNothingIsDelivered() {
        assertThat(batches.apply(List.of(), 0)).isEqualTo(Receipt.NOTHING);
    }
}
