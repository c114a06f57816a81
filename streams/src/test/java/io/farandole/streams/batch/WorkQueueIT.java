package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;
import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.farandole.events.ItemId;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.TrainingEvent;
import io.farandole.events.UserId;
import io.farandole.streams.Delivery;
import io.farandole.streams.Processor;
import io.farandole.streams.Saying;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long work in the database: queued, taken, ended. */
final class WorkQueueIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SettableClock clock = new SettableClock(start);
    private final Training training = new Training();
    private BatchDatabase database;
    private PreparedProcessor prepared;
    private BatchTransaction<TrainingEvent> batches;
    private WorkQueue one;
    private WorkQueue two;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Training.NAME);
        prepared = prepare(training.processor());
        batches = prepared.batches(Training.source(prepared.processor()));
        one = prepared.workQueue("one");
        two = prepared.workQueue("two");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isQueuedWithItsBatchAndOnlyWhereThatIsApplied() {
        Receipt receipt =
                apply(
                        requested("r1", "operator"),
                        requested("r2", "nobody"),
                        requested("r3", "later"));

        assertThat(receipt).isEqualTo(new Receipt(1, 0, 0, 0, 1, 1, 1, 1));
        assertThat(
                        database.rows(
                                """
                                select name, state, topic, event_source, attributes ->> 'ce-subject',
                                    attempts, owner, fence
                                from streams.work
                                """))
                .containsExactly("judge|QUEUED|training|farandole/test|run:r1|0|null|0");
        assertThat(one.queued()).isEqualTo(1);
    }

    @Test
    void isQueuedOnceWhenItsMessageIsDeliveredAgainAndWhenWhatWaitedIsApplied() {
        apply(requested("r1", "operator"));
        apply(requested("r1", "operator"), requested("r2", "later"));
        assertThat(one.queued()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(2));
        database.execute(
                """
                update streams.dead_letter set payload = convert_to(
                    replace(convert_from(payload, 'UTF8'), 'later', 'operator'), 'UTF8')
                """);
        Receipt retried = prepared.retryingWaiting().retryDue(10, 0);

        assertThat(retried).isEqualTo(new Receipt(1, 0, 0, 0, 0, 0, 1, 1));
        assertThat(one.queued()).isEqualTo(2);
    }

    @Test
    void saysUnderTheIdsThatADriverGives() throws Exception {
        apply(requested("r1", "operator"));
        clock.advance(Duration.ofSeconds(90));
        assertThat(performBy(one)).contains(WorkEnd.DONE);

        ProcessorDriver driver = ProcessorDriver.of(training.processor());
        driver.pipe(TRAINING, Deliveries.message(TRAINING, requested("r1", "operator")));
        driver.performWork(clock.instant());
        assertThat(driver.queuedWork()).isEmpty();
        List<String> ids =
                driver.said(TRAINING).stream().map(said -> said.envelope().id()).toList();
        assertThat(ids).hasSize(3).doesNotHaveDuplicates();
        assertThat(database.rows("select event_id from streams.outbox order by id")).isEqualTo(ids);
        assertThat(
                        database.rows(
                                """
                                select distinct attributes ->> 'ce-source',
                                    attributes ->> 'ce-causationid',
                                    attributes ->> 'ce-correlationid',
                                    attributes ->> 'ce-causedbyid', attributes ->> 'ce-time'
                                from streams.outbox where id > (select min(id) from streams.outbox)
                                """))
                .containsExactly(
                        "farandole/judging|%s|run-1|of-%s|%s"
                                .formatted(idOf("r1"), idOf("r1"), clock.instant()));
        assertThat(
                        database.rows(
                                """
                                select state, attempts, owner, expires_at, finished_at >= began_at,
                                    last_error
                                from streams.work
                                """))
                .containsExactly("DONE|1|null|null|t|null");
    }

    @Test
    void isNotPerformedNorDecodedOfWhoAskedToBeForgottenSince() throws Exception {
        apply(
                requested("r1", "operator"),
                requested("r2", "operator"),
                requested("r3", "operator"));
        forget("run:r1", start.plusSeconds(60));
        // Asked before they told this: it counts.
        forget("run:r3", start.minusSeconds(60));
        database.execute("update streams.work set payload = '\\x00' where ordering_key = 'run:r1'");

        assertThat(performBy(one)).contains(WorkEnd.DONE);
        assertThat(performBy(one)).contains(WorkEnd.DONE);
        assertThat(performBy(one)).isEmpty();

        assertThat(training.performed).hasValue(2);
        assertThat(one.queued()).isZero();
        assertThat(
                        database.rows(
                                """
                                select ordering_key, state, attempts, owner, finished_at is not null
                                from streams.work order by id
                                """))
                .containsExactly(
                        "run:r1|WITHHELD|0|null|t", "run:r2|DONE|1|null|t", "run:r3|DONE|1|null|t");
        assertThat(new ForgettingSettled(database.pool(1), Duration.ZERO).forget()).isEqualTo(3);
    }

    private void forget(String key, Instant at) {
        database.execute(
                "insert into streams.tombstone values ('%s', %d, 0, 'farandole/test', 'erasure')"
                        .formatted(key, at.getEpochSecond()));
    }

    @Test
    void isTakenByOneOwnerAtATime() {
        apply(requested("r1", "operator"), requested("r2", "operator"));

        assertThat(one.take(LONG)).isPresent();
        assertThat(two.take(LONG)).isPresent();
        assertThat(one.take(LONG)).isEmpty();
        assertThat(two.take(LONG)).isEmpty();
    }

    @Test
    void isTakenOverWhenItsLeaseHasEndedAndTheFormerOwnerEndsNothing() throws Exception {
        apply(requested("r1", "operator"));
        TakenWork<?> abandoned = one.take(SHORT).orElseThrow();
        List<Saying> late = abandoned.perform();

        TakenWork<?> taken = takenBy(two, LONG);
        assertThat(one.prolong(abandoned, LONG)).isFalse();
        one.giveBack(abandoned);
        assertThat(one.done(abandoned, late)).isEqualTo(WorkEnd.LOST);
        assertThat(one.failed(abandoned, new IllegalStateException("late")))
                .isEqualTo(WorkEnd.LOST);
        assertThat(said()).isEqualTo(1);

        assertThat(two.prolong(taken, LONG)).isTrue();
        assertThat(two.done(taken, taken.perform())).isEqualTo(WorkEnd.DONE);
        assertThat(two.done(taken, late)).isEqualTo(WorkEnd.LOST);
        assertThat(said()).isEqualTo(3);
        assertThat(database.rows("select state, attempts, fence from streams.work"))
                .containsExactly("DONE|2|2");
    }

    @Test
    void isGivenUpWhenItsProcessWasKilledAtEachAttempt() {
        apply(requested("r1", "operator"));
        training.course =
                _ -> {
                    throw new IllegalStateException("no data");
                };
        assertThat(performBy(one)).contains(WorkEnd.POSTPONED);
        makeDue();
        assertThat(one.take(SHORT)).isPresent();
        takenBy(two, SHORT);
        assertThat(database.rows("select state, attempts, last_error from streams.work"))
                .containsExactly("QUEUED|2|its process was killed, or stopped responding");

        assertThat(await().until(() -> performBy(one), Optional::isPresent))
                .contains(WorkEnd.GIVEN_UP);

        assertThat(training.performed).hasValue(1);
        String reason = "its process was killed, or stopped responding, in the last of 3 attempts";
        assertThat(database.rows("select state, attempts, last_error from streams.work"))
                .containsExactly("FAILED|3|" + reason);
        assertThat(
                        database.rows(
                                "select convert_from(payload, 'UTF8') from streams.outbox order by id"))
                .last()
                .asString()
                .contains("\"reason\":\"" + reason + "\"");
        makeDue();
        assertThat(one.take(LONG)).isEmpty();
    }

    @Test
    void isProlongedAfterItsLeaseHasEndedWhileNobodyTookIt() throws Exception {
        apply(requested("r1", "operator"));
        TakenWork<?> slow = one.take(SHORT).orElseThrow();
        assertThat(one.prolong(slow, LONG)).isTrue();
        assertThat(two.take(LONG)).isEmpty();
        assertThat(one.done(slow, slow.perform())).isEqualTo(WorkEnd.DONE);
    }

    @Test
    void isTakenAtOnceWhenGivenBackAndCountsNoAttempt() {
        apply(requested("r1", "operator"));
        one.giveBack(one.take(LONG).orElseThrow());

        assertThat(two.take(LONG)).isPresent();
        assertThat(database.rows("select attempts, owner from streams.work"))
                .containsExactly("0|two");
    }

    @Test
    void isTriedAgainAfterPausesAndGivenUpInTheEnd() {
        apply(requested("r1", "operator"));
        training.course =
                _ -> {
                    throw new IllegalStateException("attempt " + training.performed.get());
                };

        assertThat(performBy(one)).contains(WorkEnd.POSTPONED);
        assertThat(one.take(LONG)).isEmpty();
        assertThat(pause()).isEqualTo(1);
        makeDue();
        assertThat(performBy(two)).contains(WorkEnd.POSTPONED);
        assertThat(pause()).isEqualTo(2);
        assertThat(said()).isEqualTo(1);
        makeDue();
        assertThat(performBy(one)).contains(WorkEnd.GIVEN_UP);
        makeDue();
        assertThat(performBy(one)).isEmpty();

        assertThat(database.rows("select state, attempts, last_error from streams.work"))
                .containsExactly("FAILED|3|attempt 3");
        assertThat(
                        database.rows(
                                "select convert_from(payload, 'UTF8') from streams.outbox order by id"))
                .last()
                .isEqualTo(
                        "{\"failed\":{\"run\":\"r1\",\"step\":\"judge\",\"reason\":\"attempt 3\"}}");
        ProcessorDriver driver = ProcessorDriver.of(training.processor());
        training.performed.set(0);
        driver.pipe(TRAINING, Deliveries.message(TRAINING, requested("r1", "operator")));
        driver.performWork();
        assertThat(database.rows("select event_id from streams.outbox order by id"))
                .isEqualTo(
                        driver.said(TRAINING).stream().map(said -> said.envelope().id()).toList());
    }

    @Test
    void failsWhenItSaysWhatItsProcessorDoesNotDeclare() throws Exception {
        apply(requested("r1", "operator"));
        TakenWork<?> taken = one.take(LONG).orElseThrow();
        ListRefreshed refreshed =
                new ListRefreshed(new UserId("ann"), 1, List.of(new ItemId("i")), null);

        assertThat(one.done(taken, List.of(new Saying(RECOMMENDATIONS, refreshed))))
                .isEqualTo(WorkEnd.POSTPONED);
        assertThat(database.rows("select state, attempts, last_error from streams.work"))
                .containsExactly(
                        "QUEUED|1|judging does not declare that it writes recommendations");
        assertThat(said()).isEqualTo(1);
    }

    @Test
    void isTriedOnWhereGivingItUpCannotBeSaid() {
        apply(requested("r1", "operator"));
        training.course =
                _ -> {
                    throw new IllegalStateException("unspeakable");
                };
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(performBy(one)).contains(WorkEnd.POSTPONED);
            makeDue();
        }
        assertThat(said()).isEqualTo(1);
        assertThat(database.rows("select state, last_error from streams.work"))
                .containsExactly("QUEUED|unspeakable; saying so failed too: no words for it");

        training.course = _ -> {};
        assertThat(performBy(one)).contains(WorkEnd.DONE);
        assertThat(said()).isEqualTo(3);
    }

    @Test
    void staysQueuedWhereItIsNotDescribedAnyMore() {
        apply(requested("r1", "operator"));
        Processor described = training.processor();
        PreparedProcessor without =
                prepare(
                        Processor.named(Training.NAME)
                                .reads(Training.source(described))
                                .keeps(Training.SEEN)
                                .says(TRAINING)
                                .build());

        assertThat(without.workQueue("without").take(LONG)).isEmpty();
        assertThat(one.take(LONG)).isPresent();
    }

    @Test
    void isSaidAllOrNothing() throws Exception {
        apply(requested("r1", "operator"));
        TakenWork<?> taken = one.take(LONG).orElseThrow();
        database.execute(
                """
                create function disk_full() returns trigger language plpgsql as $$
                begin raise exception 'the disk is full' using errcode = '53100'; end $$;
                create trigger disk_full before insert on streams.outbox
                  execute function disk_full()
                """);
        try {
            List<Saying> sayings = taken.perform();
            assertThatThrownBy(() -> one.done(taken, sayings))
                    .isInstanceOf(InfrastructureTrouble.class)
                    .hasMessageContaining("the disk is full");
        } finally {
            database.execute("drop function disk_full cascade");
        }
        assertThat(database.rows("select state, attempts from streams.work"))
                .containsExactly("QUEUED|0");
        assertThat(one.done(taken, taken.perform())).isEqualTo(WorkEnd.DONE);
        assertThat(said()).isEqualTo(3);
    }

    private PreparedProcessor prepare(Processor processor) {
        return new PreparingProcessors(database.pool(4), clock).prepare(processor);
    }

    private Receipt apply(Delivery... deliveries) {
        return batches.apply(List.of(deliveries), 0);
    }

    private Optional<WorkEnd> performBy(WorkQueue owner) {
        return owner.take(LONG)
                .map(
                        taken -> {
                            try {
                                return owner.done(taken, taken.perform());
                            } catch (Exception failure) {
                                return owner.failed(taken, failure);
                            }
                        });
    }

    private static TakenWork<?> takenBy(WorkQueue owner, Duration lease) {
        return await().until(() -> owner.take(lease), Optional::isPresent).orElseThrow();
    }

    private long said() {
        return database.number("select count(*) from streams.outbox");
    }

    /** In seconds, rounded up: it has begun already. */
    private long pause() {
        return database.number(
                """
                select ceil(extract(epoch from due_at - clock_timestamp())) from streams.work
                """);
    }

    private void makeDue() {
        database.execute("update streams.work set due_at = clock_timestamp()");
    }

    private Delivery requested(String run, String by) {
        return Training.requested(run, by, start);
    }

    private String idOf(String run) {
        return Training.idOf(run, start);
    }
}
