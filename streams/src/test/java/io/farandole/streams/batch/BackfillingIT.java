package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.Stepped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A generation is filled from the archive: exactly, and whatever is killed meanwhile. */
final class BackfillingIT {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final SettableClock clock = new SettableClock(now);
    private BatchDatabase database;
    private Rebuild rebuild;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        rebuild = new Rebuild(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> rows(PreparedProcessor of) {
        return database.rows(
                "select 'users', key, value from counting.users_g%1$d union all select 'items', key, value from counting.items_g%1$d order by 1, 2"
                        .formatted(of.generation().id()));
    }

    @Test
    void givesTheLiveStateRowForRowAndSaysNothing() {
        rebuild.happen(Deliveries.ratings(0, 100, 7, 5, now));
        long said = database.number("select count(*) from streams.outbox");
        PreparedProcessor built = rebuild.begin();

        rebuild.backfill(built);

        assertThat(rows(built)).hasSize(12).isEqualTo(rows(rebuild.live()));
        assertThat(database.number("select count(*) from streams.outbox")).isEqualTo(said);
        assertThat(rebuild.registered().progress(built.generation()))
                .containsExactly(
                        new RegisteredGenerations.Progress("activity", 100, 0, 100L, 100, 0));
        assertThat(rebuild.compare(built).isSame()).isTrue();
    }

    @Test
    void absorbsWhatTheSubscriptionBringsAgain() {
        List<Delivery> all = Deliveries.ratings(0, 60, 7, 5, now);
        rebuild.happen(all);
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);

        Receipt again = rebuild.apply(built, all.subList(30, 60));
        List<Delivery> more = Deliveries.ratings(60, 20, 7, 5, now);
        rebuild.happen(more);
        Receipt fresh = rebuild.apply(built, more);

        assertThat(again.duplicate()).isEqualTo(30);
        assertThat(fresh.applied()).isEqualTo(20);
        assertThat(rows(built)).isEqualTo(rows(rebuild.live()));
    }

    @Test
    void withoutInboxRowsAnOverlapWouldDoubleAndIsCaught() {
        List<Delivery> all = Deliveries.ratings(0, 60, 7, 5, now);
        rebuild.happen(all);
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        database.execute("delete from streams.inbox_g" + built.generation().id());

        Receipt _ = rebuild.apply(built, all.subList(50, 60));

        ComparingGenerations.Comparison comparison = rebuild.compare(built);
        assertThat(comparison.isSame()).isFalse();
        // Event by event those whose ids were forgotten and not brought again are missing, and by
        // the
        // books the ten are counted twice.
        assertThat(comparison.behind()).isEqualTo(50);
        assertThat(comparison.ahead()).isEqualTo(10);
        assertThat(comparison.stores()).allMatch(store -> store.differing() > 0);
    }

    @Test
    void appliesWhatIsOlderThanAnyInboxRemembersOnce() {
        Instant old = now.minus(Duration.ofDays(400));
        rebuild.archived(Deliveries.ratings(0, 30, 3, 3, old));
        rebuild.archived(Deliveries.ratings(30, 10, 3, 3, now));
        PreparedProcessor built = rebuild.begin();

        rebuild.backfill(built);

        assertThat(database.rows("select sum((value ->> 'number')::int) from counting.users"))
                .containsExactly("40");
        assertThat(database.number("select count(*) from streams.inbox")).isEqualTo(10);
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
    }

    @Test
    void goesOnWhereItWasAbandoned() {
        rebuild.happen(Deliveries.ratings(0, 50, 7, 5, now));
        PreparedProcessor first = rebuild.begin();
        assertThat(rebuild.backfillOnce(first)).isTrue();
        assertThat(rebuild.backfillOnce(first)).isTrue();

        PreparedProcessor another =
                rebuild.preparing().prepare(Counting.processor(), first.generation());
        rebuild.backfill(another);

        assertThat(rows(first)).isEqualTo(rows(rebuild.live()));
        assertThat(
                        database.rows(
                                "select sum(delivered), sum(duplicate) from streams.ledger where generation = "
                                        + first.generation().id()))
                .containsExactly("50|0");
    }

    @Test
    void ofTwoWhoReadOneAppliesNothing() {
        Instant old = now.minus(Duration.ofDays(400));
        rebuild.archived(Deliveries.ratings(0, 50, 7, 5, old));
        PreparedProcessor built = rebuild.begin();
        Backfilling late = built.backfilling();
        Map<String, Long> positions = late.positions();
        List<ArchivedEvent> portion = rebuild.portion(positions);
        assertThat(rebuild.backfillOnce(built)).isTrue();

        assertThatThrownBy(() -> late.apply(late.read(portion), positions, 0))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("the archive's position on activity");

        rebuild.backfill(built);
        assertThat(database.rows("select sum((value ->> 'number')::int) from counting.users"))
                .containsExactly("50");
    }

    @Test
    void whoAskedToBeForgottenIsNotFoldedAgainNorDecoded() {
        rebuild.happen(
                List.of(
                        Deliveries.rated(1, "gone", "x", now.minusSeconds(9)),
                        Deliveries.rated(2, "stays", "x", now.minusSeconds(8)),
                        Deliveries.erased("gone", now.minusSeconds(7)),
                        Deliveries.rated(3, "gone", "y", now.minusSeconds(6))));
        // What cannot be decoded would be put aside if anybody tried.
        Delivery broken = Deliveries.rated(4, "gone", "x", now.minusSeconds(8));
        rebuild.archived(
                List.of(
                        new Delivery(
                                "broken",
                                broken.orderingKey(),
                                broken.attributes(),
                                new byte[] {1},
                                now)));
        PreparedProcessor built = rebuild.begin();

        rebuild.backfill(built);

        assertThat(
                        database.rows(
                                "select key, value ->> 'number' from counting.users_g%d order by key"
                                        .formatted(built.generation().id())))
                .containsExactly("gone|1", "stays|1");
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
        RegisteredGenerations.Progress progress =
                rebuild.registered().progress(built.generation()).getFirst();
        assertThat(progress.withheld()).isEqualTo(2);
        assertThat(progress.heard()).isEqualTo(3);
    }

    @Test
    void whatWasWithheldIsNotFoldedWhenTheSubscriptionBringsItAgain() {
        List<Delivery> all =
                List.of(
                        Deliveries.rated(1, "gone", "x", now.minusSeconds(9)),
                        Deliveries.erased("gone", now.minusSeconds(7)));
        rebuild.happen(all);
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);

        Receipt again = rebuild.apply(built, all);

        assertThat(again.duplicate()).isEqualTo(2);
        assertThat(users(built)).isEmpty();
        assertThat(books(built)).containsExactly("3|1|2|1");
    }

    @Test
    void nothingOfErasedUsersIsDecodedInAReplay() {
        List<String> decoded = new ArrayList<>();
        Source<ActivityEvent> source =
                Source.<ActivityEvent>of(ACTIVITY, Counting::declare, Counting::fold)
                        .through("noted", stepped -> note(stepped, decoded));
        Processor processor = Counting.describe(source).build();
        PreparedProcessor live = rebuild.preparing().prepare(processor);
        rebuild.happen(List.of(Deliveries.erased("gone", now.minusSeconds(7))));
        PreparedProcessor built = rebuild.begin(processor);
        rebuild.backfill(built);
        Delivery told = Deliveries.rated(1, "gone", "x", now.minusSeconds(9));
        for (PreparedProcessor one : List.of(built, live)) {
            BatchTransaction<ActivityEvent> batches = one.batches(source);
            rebuild.registered().replaying(one.generation(), now);
            // A repair is seen by the transactions of the active one, whichever is the first.
            assertThat(batches.apply(List.of(Deliveries.rated(2, "new", "x", now)), 1).applied())
                    .isEqualTo(1);

            Receipt replayed =
                    batches.apply(
                            List.of(
                                    told,
                                    Deliveries.broken(
                                            Deliveries.rated(3, "gone", "x", now.minusSeconds(8))),
                                    Deliveries.rated(4, "gone", "y", now.minusSeconds(6)),
                                    Deliveries.rated(5, "stays", "x", now.minusSeconds(9))),
                            1);

            assertThat(replayed.applied()).isEqualTo(2);
            assertThat(batches.apply(List.of(told), 1).duplicate()).isEqualTo(1);
            assertThat(decoded).containsExactly("new", "gone y", "stays");
            decoded.clear();
        }
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
    }

    private static Stepped<ActivityEvent> note(
            Stepped<ActivityEvent> stepped, List<String> decoded) {
        if (stepped instanceof Stepped.Going<ActivityEvent>(var message)
                && message.event() instanceof ActivityEvent.Rated rated) {
            String user = rated.user().value();
            decoded.add(user.equals("gone") ? user + " " + rated.item().value() : user);
        }
        return stepped;
    }

    @Test
    void whatOnlyTheSubscriptionBringsOfErasedUsersIsWithheldInAReplay() {
        rebuild.happen(List.of(Deliveries.erased("gone", now.minusSeconds(7))));
        Delivery broken = Deliveries.rated(2, "gone", "x", now.minusSeconds(8));
        List<Delivery> missed =
                List.of(
                        Deliveries.rated(1, "gone", "x", now.minusSeconds(9)),
                        new Delivery(
                                "broken",
                                broken.orderingKey(),
                                broken.attributes(),
                                new byte[] {1},
                                now.minusSeconds(8)),
                        Deliveries.rated(3, "stays", "x", now.minusSeconds(9)),
                        Deliveries.rated(4, "gone", "y", now.minusSeconds(6)));
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        for (PreparedProcessor one : List.of(built, rebuild.live())) {
            // As a rebuild does before it reads its subscriptions, and a repair before it seeks.
            rebuild.registered().replaying(one.generation(), now);
            rebuild.registered().replaying(one.generation(), now.minusSeconds(60));

            Receipt first = rebuild.apply(one, missed);
            Receipt again = rebuild.apply(one, missed);

            assertThat(first.applied()).isEqualTo(2);
            assertThat(again.duplicate()).isEqualTo(4);
            assertThat(users(one)).containsExactly("gone|1", "stays|1");
            assertThat(books(one)).containsExactly("7|3|4|2");
        }
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
        assertThat(rebuild.compare(built).isSame()).isTrue();
        assertThat(rebuild.compare(built).behind()).isZero();
    }

    @Test
    void whatIsPublishedAfterAReplayIsNotLookedAt() {
        rebuild.happen(List.of(Deliveries.erased("gone", now.minusSeconds(7))));
        rebuild.registered().replaying(rebuild.live().generation(), now.minusSeconds(9));

        // Told before the erasure, and heard as it happened: as it always was.
        Receipt late =
                rebuild.apply(
                        rebuild.live(),
                        List.of(Deliveries.rated(1, "gone", "x", now.minusSeconds(8))));

        assertThat(late.applied()).isEqualTo(1);
    }

    @Test
    void notesWhatTheArchiveKeepsNoLonger() {
        Instant old = now.minus(Duration.ofDays(50));
        rebuild.archived(Deliveries.ratings(0, 3, 3, 3, old));
        rebuild.happen(Deliveries.ratings(3, 2, 3, 3, now));
        rebuild.archive().expire(1);
        rebuild.archive().expire(2);
        PreparedProcessor built = rebuild.begin();

        rebuild.backfill(built);
        rebuild.archive().expire(3);
        rebuild.backfill(built);

        assertThat(
                        database.rows(
                                "select hour = date_trunc('hour', '%s'::timestamptz), delivered, expired from streams.ledger where expired > 0"
                                        .formatted(old)))
                .containsExactly("t|0|2");
        assertThat(books(built)).containsExactly("3|3|0|0");
    }

    private List<String> users(PreparedProcessor of) {
        return database.rows(
                "select key, value ->> 'number' from counting.users_g%d where value is not null order by key"
                        .formatted(of.generation().id()));
    }

    private List<String> books(PreparedProcessor of) {
        return database.rows(
                "select sum(delivered), sum(applied), sum(duplicate), sum(withheld) from streams.ledger where generation = "
                        + of.generation().id());
    }

    @Test
    void aMessageThatCannotBeStoredCostsItselfAlone() {
        rebuild.happen(
                List.of(
                        Deliveries.rated(1, "a", "x", now),
                        Deliveries.rated(2, "b", "unstorable", now),
                        Deliveries.rated(3, "c", "throws", now),
                        Deliveries.rated(4, "a", "after-z", now),
                        Deliveries.rated(5, "a", "z", now)));
        PreparedProcessor built = rebuild.begin();

        rebuild.backfill(built);
        clock.advance(Duration.ofSeconds(5));
        Receipt _ = rebuild.live().retryingWaiting().retryDue(10, 0);
        Receipt _ = built.retryingWaiting().retryDue(10, 0);

        assertThat(rows(built)).isEqualTo(rows(rebuild.live()));
        assertThat(
                        database.rows(
                                "select generation, cause, status from streams.dead_letter where cause = 'POISON' order by 1"))
                .hasSize(4);
        assertThat(rebuild.registered().progress(built.generation()).getFirst().position())
                .isEqualTo(5);
    }
}
