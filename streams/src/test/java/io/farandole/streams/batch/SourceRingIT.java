package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.INTERACTIONS;
import static io.farandole.events.TopicCatalogue.OFFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.InteractionEvent;
import io.farandole.events.InteractionEvent.Viewed;
import io.farandole.events.OfferEvent;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.streams.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events with foreign ids, of any age. */
final class SourceRingIT {

    private static final Instant LONG_AGO = Instant.parse("1999-01-01T00:00:00Z");

    private BatchDatabase database;
    private BatchTransaction<OfferEvent> offers;
    private BatchTransaction<InteractionEvent> interactions;
    private RetryingWaiting retrying;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Intake.NAME);
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(4), Clock.systemUTC())
                        .prepare(Intake.processor());
        offers = prepared.batches(Intake.OFFER_SOURCE);
        interactions = prepared.batches(Intake.INTERACTION_SOURCE);
        retrying = prepared.retryingWaiting();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Delivery offer(String id, String offer) {
        return Deliveries.delivery(
                OFFERS, id, "app", new OfferEvent.Withdrawn(new OfferId(offer)), LONG_AGO);
    }

    private static Delivery viewed(String id, String user, String offer) {
        return Deliveries.delivery(
                INTERACTIONS,
                id,
                "app",
                new Viewed(new UserId(user), new OfferId(offer)),
                LONG_AGO);
    }

    @Test
    void applyOnceWhateverTheirIdsLookLike() {
        offers.apply(List.of(offer("o-1", "book")), 0);
        String[] ids = {"1", "Ω/../'; drop table", "01890000-0000-7000-8000-000000000000"};
        for (int round = 0; round < 2; round++) {
            for (String id : ids) {
                interactions.apply(List.of(viewed(id, "a", "book")), 0);
            }
        }

        assertThat(database.ledger()).isEqualTo("7|4|3|0|0|0|0");
        assertThat(
                        database.rows(
                                """
                                select count(*), count(distinct event_id),
                                  bool_and(attributes ->> 'ce-id' = event_id::text),
                                  bool_and(attributes ->> 'ce-causedbysource' = 'app'),
                                  bool_and(uuid_extract_timestamp(event_id)
                                    between now() - interval '5 minutes' and now())
                                from streams.outbox
                                """))
                .containsExactly("3|3|t|t|t");
    }

    @Test
    void areNotMixedUpWhenTopicsNumberThemAlike() {
        assertThat(offers.apply(List.of(offer("1", "book")), 0).applied()).isEqualTo(1);
        assertThat(interactions.apply(List.of(viewed("1", "a", "book")), 0).applied()).isEqualTo(1);
    }

    @Test
    void waitForTheirOfferAndFollowItAtOnce() {
        Delivery early = viewed("v-1", "a", "book");
        assertThat(interactions.apply(List.of(early), 0).waiting()).isEqualTo(1);

        offers.apply(List.of(offer("o-1", "book")), 0);

        assertThat(retrying.retryDue(10, 0).applied()).isEqualTo(1);
        assertThat(interactions.apply(List.of(early), 0).duplicate()).isEqualTo(1);
        assertThat(
                        database.rows(
                                """
                                select topic, sum(delivered), sum(applied), sum(duplicate), sum(waiting)
                                from streams.ledger group by topic order by topic
                                """))
                .containsExactly("interactions|2|1|1|0", "offers|1|1|0|0");
    }

    @Test
    void areRefusedByAStepOrFailInItAlone() {
        offers.apply(List.of(offer("o-1", "book")), 0);
        Receipt receipt =
                interactions.apply(
                        List.of(
                                viewed("1", "robot", "book"),
                                viewed("2", "bug", "book"),
                                viewed("3", "a", "book")),
                        0);

        assertThat(receipt).isEqualTo(new Receipt(1, 0, 0, 1, 1, 0, 1, 0));
        assertThat(
                        database.rows(
                                        "select cause, reason, place from streams.dead_letter order by 1 desc")
                                .getFirst())
                .isEqualTo("REJECTED|a robot|$.viewed.user");
    }

    // Nothing but the sequence rows keeps apart who says something on a key here.
    @Test
    void areSaidInOrderByWorkersThatLockNoRow() throws Exception {
        offers.apply(List.of(offer("o-1", "book")), 0);
        int many = 1_200;
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService workers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int worker = i;
                working.add(workers.submit(() -> viewSome(next, many, worker)));
            }
            for (Future<?> one : working) {
                one.get();
            }
        }
        assertThat(
                        database.rows(
                                """
                                select ordering_key, count(*), max(sequence), bool_and(sequence = place)
                                from (
                                  select ordering_key, (attributes ->> 'ce-sequence')::int as sequence,
                                    row_number() over (partition by ordering_key order by id) place
                                  from streams.outbox) said
                                group by ordering_key order by ordering_key
                                """))
                .containsExactly("user:u0|400|400|t", "user:u1|400|400|t", "user:u2|400|400|t");
    }

    private void viewSome(AtomicInteger next, int many, int worker) {
        for (int n = next.getAndAdd(5); n < many; n = next.getAndAdd(5)) {
            interactions.apply(
                    IntStream.range(n, n + 5)
                            .mapToObj(id -> viewed("v" + id, "u" + id % 3, "book"))
                            .toList(),
                    worker);
        }
    }
}
