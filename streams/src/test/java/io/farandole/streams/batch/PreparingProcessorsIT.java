package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.Delivery;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import io.farandole.streams.Work;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables from descriptions: made once, kept, and defended. */
final class PreparingProcessorsIT {

    private BatchDatabase database;
    private DataSource pool;

    @BeforeEach
    void migrate() {
        database = BatchDatabase.fresh();
        pool = database.pool(6);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private PreparingProcessors preparing() {
        return new PreparingProcessors(pool, Clock.systemUTC());
    }

    /** As described elsewhere, with another shape. */
    record Other(String number) {}

    record WithMore(int number, double stars, String note, List<String> more) {}

    record WithPrimitive(int number, double stars, String note, long more) {}

    @Test
    void instancesThatStartTogetherMakeEverythingOnce() throws Exception {
        database.execute("drop schema streams cascade");
        List<Future<PreparedProcessor>> starting = new ArrayList<>();
        try (ExecutorService instances = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                DataSource its = database.pool(3);
                Processor processor = i % 2 == 0 ? Counting.processor() : Intake.processor();
                starting.add(
                        instances.submit(
                                () -> {
                                    StreamsSchema.migrate(its);
                                    return new PreparingProcessors(its, Clock.systemUTC())
                                            .prepare(processor);
                                }));
            }
            for (Future<PreparedProcessor> one : starting) {
                assertThat(one.get().generation().number()).isEqualTo(1);
            }
        }
        assertThat(
                        database.rows(
                                "select processor, number, phase from streams.generation order by 1"))
                .containsExactly("counting|1|ACTIVE", "intake|1|ACTIVE");
    }

    @Test
    void theReaderSeesWhatIsShownAndNothingElse() {
        PreparedProcessor prepared = preparing().prepare(Counting.processor());
        prepared.batches(Counting.SOURCE)
                .apply(List.of(Deliveries.rated(1, "a", "x", Instant.now())), 0);
        DataSource reader = database.postgres().readerDataSource();

        assertThat(BatchDatabase.rows(reader, "select * from counting.totals"))
                .containsExactly("a|1");
        assertThat(BatchDatabase.rows(reader, "select key from counting.users"))
                .containsExactly("a");
        assertThat(BatchDatabase.rows(reader, "select applied from streams.ledger"))
                .containsExactly("1");
        for (String table : List.of("dead_letter", "watermark", "generation", "work")) {
            BatchDatabase.rows(reader, "select count(*) from streams." + table);
        }
        assertThatThrownBy(() -> BatchDatabase.rows(reader, "select * from streams.outbox"))
                .hasRootCauseMessage("ERROR: permission denied for table outbox");
        assertThatThrownBy(() -> BatchDatabase.rows(reader, "delete from counting.users"))
                .hasRootCauseInstanceOf(SQLException.class);
    }

    @Test
    void aViewThatIsDescribedOtherwiseIsMadeAnew() {
        preparing().prepare(Counting.processor());

        preparing().prepare(showing("select 'ann' as \"user\", 6 as number, 7 as seven"));

        assertThat(totals("seven")).containsExactly("7");
        preparing().prepare(showing("select 'ann' as \"user\", 6 as number, 8 as seven"));
        assertThat(totals("seven")).containsExactly("8");
    }

    /** As when an instance of the former version is started again while the next is there. */
    @Test
    void aViewLosesNoColumn() {
        preparing().prepare(Counting.processor());
        preparing().prepare(showing("select 'ann' as \"user\", 6 as number, 7 as seven"));

        preparing().prepare(Counting.processor());

        assertThat(totals("seven")).containsExactly("7");
    }

    private static Processor showing(String select) {
        return Processor.named(Counting.NAME)
                .reads(Counting.SOURCE)
                .keeps(Counting.USERS)
                .keeps(Counting.ITEMS)
                .shows(new ReadModel("totals", select))
                .build();
    }

    private List<String> totals(String column) {
        return BatchDatabase.rows(
                database.postgres().readerDataSource(),
                "select " + column + " from counting.totals");
    }

    @Test
    void aStoreMayGainWhatCanBeAbsentButNotChange() {
        preparing().prepare(keeping(new Store<>("users", Counting.Ratings.class)));

        assertThatThrownBy(() -> preparing().prepare(keeping(new Store<>("users", Other.class))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("number was int and now is java.lang.String");
        assertThatThrownBy(
                        () ->
                                preparing()
                                        .prepare(
                                                keeping(new Store<>("users", WithPrimitive.class))))
                .hasMessageContaining("more is new, and long cannot be absent");
        preparing().prepare(keeping(new Store<>("users", WithMore.class)));
        preparing().prepare(keeping(new Store<>("users", Counting.Ratings.class)));
    }

    @Test
    void aStoreThatMissedEventsIsRefused() {
        PreparedProcessor prepared = preparing().prepare(keeping(Counting.USERS));
        preparing().prepare(keeping(Counting.USERS, Counting.ITEMS));
        prepared.batches(trivial()).apply(List.of(Deliveries.rated(1, "a", "x", Instant.now())), 0);

        Store<Counting.Ratings> third = new Store<>("third", Counting.Ratings.class);
        assertThatThrownBy(
                        () -> preparing().prepare(keeping(Counting.USERS, Counting.ITEMS, third)))
                .hasMessageContaining("counting.third")
                .hasMessageContaining("is new, but events were applied without it");
    }

    @Test
    void whatCannotBeKeptApartIsRefused() {
        assertThatThrownBy(() -> preparing().prepare(Processor.named("Droptable; --").build()))
                .hasMessageContaining("a name is a small letter");
        assertThatThrownBy(() -> preparing().prepare(Processor.named("streams").build()))
                .hasMessageContaining("the name of another schema");
        assertThatThrownBy(
                        () ->
                                preparing()
                                        .prepare(
                                                Processor.named("mixed")
                                                        .readsSourceRing()
                                                        .reads(trivial())
                                                        .build()))
                .hasMessageContaining("topic activity is of the INTERNAL ring");
        assertThatThrownBy(
                        () ->
                                new PreparingProcessors(
                                                pool, Clock.systemUTC(), new InboxHorizon(7, 1))
                                        .prepare(Counting.processor()))
                .hasMessageContaining("keeps messages for 31 days");
    }

    @Test
    void worksHaveNamesOfTheirOwn() {
        Work<ActivityEvent> work = new Work<>("judge", _ -> List.of(), (_, _) -> List.of(), 1);
        Processor twice =
                Processor.named(Counting.NAME).reads(trivial()).does(work).does(work).build();
        assertThatThrownBy(() -> preparing().prepare(twice))
                .hasMessageContaining("work judge is described twice");

        Work<ActivityEvent> slashed =
                new Work<>("judge/failed", _ -> List.of(), (_, _) -> List.of(), 1);
        assertThatThrownBy(
                        () ->
                                preparing()
                                        .prepare(
                                                Processor.named(Counting.NAME)
                                                        .reads(trivial())
                                                        .does(slashed)
                                                        .build()))
                .hasMessageContaining("work judge/failed cannot be prepared");
    }

    @Test
    void inboxesGrowAheadAndForgetWhatIsPastTheHorizon() {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
        PreparingProcessors preparing =
                new PreparingProcessors(pool, clock, new InboxHorizon(32, 2));
        PreparedProcessor prepared = preparing.prepare(Counting.processor());
        assertThat(days()).hasSize(35).startsWith("20260128").endsWith("20260303");

        clock.advance(Duration.ofDays(4));
        assertThatThrownBy(
                        () ->
                                prepared.batches(Counting.SOURCE)
                                        .apply(
                                                List.of(
                                                        Deliveries.rated(
                                                                1, "a", "x", clock.instant())),
                                                0))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("no partition");
        preparing.keepInboxes();
        preparing.keepInboxes();

        assertThat(days()).hasSize(35).startsWith("20260201").endsWith("20260307");
        assertThat(
                        prepared.batches(Counting.SOURCE)
                                .apply(List.of(Deliveries.rated(1, "a", "x", clock.instant())), 0)
                                .applied())
                .isEqualTo(1);
        assertThat(database.number("select count(*) from streams.dead_letter")).isZero();
    }

    @Test
    void aLongerHorizonDoesNotBringBackWhatWasForgotten() {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
        Delivery old = Deliveries.rated(1, "a", "x", Instant.parse("2026-01-29T12:00:00Z"));
        PreparingProcessors shorter = new PreparingProcessors(pool, clock, new InboxHorizon(32, 2));
        PreparedProcessor prepared = shorter.prepare(Counting.processor());
        assertThat(prepared.batches(Counting.SOURCE).apply(List.of(old), 0).applied()).isEqualTo(1);
        clock.advance(Duration.ofDays(4));
        shorter.keepInboxes();
        assertThat(days()).startsWith("20260201");

        PreparingProcessors longer = new PreparingProcessors(pool, clock, new InboxHorizon(60, 2));
        PreparedProcessor again = longer.prepare(Counting.processor());
        longer.keepInboxes();
        assertThat(days()).startsWith("20260201").endsWith("20260307");
        assertThat(again.batches(Counting.SOURCE).apply(List.of(old), 0).deadLettered())
                .isEqualTo(1);
        assertThat(database.rows("select cause from streams.dead_letter"))
                .containsExactly("EXPIRED_HORIZON");

        clock.advance(Duration.ofDays(20));
        longer.keepInboxes();
        assertThat(days()).startsWith("20260201");
        clock.advance(Duration.ofDays(46));
        longer.keepInboxes();
        assertThat(days()).startsWith("20260311");
    }

    @Test
    void aGenerationThatIsFedNoMoreTakesNothing() {
        PreparedProcessor prepared = preparing().prepare(Counting.processor());
        database.execute("update streams.generation set phase = 'RETIRED', fed = false");

        assertThatThrownBy(
                        () ->
                                prepared.batches(Counting.SOURCE)
                                        .apply(
                                                List.of(
                                                        Deliveries.rated(
                                                                1, "a", "x", Instant.now())),
                                                0))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("is RETIRED");
        assertThat(database.number("select count(*) from streams.inbox")).isZero();
        assertThatThrownBy(() -> preparing().prepare(Counting.processor()))
                .hasMessageContaining("none is ACTIVE");
    }

    @Test
    void aDatabaseThatMayLoseCommitsIsRefused() {
        database.execute("alter role farandole_owner set synchronous_commit = off");
        try {
            assertThatThrownBy(() -> StreamsSchema.migrate(database.owner()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("synchronous_commit = off");
        } finally {
            database.execute("alter role farandole_owner reset synchronous_commit");
        }
    }

    private static Processor keeping(Store<?>... stores) {
        Processor.Builder builder = Processor.named(Counting.NAME).reads(trivial());
        List.of(stores).forEach(builder::keeps);
        return builder.build();
    }

    private static Source<ActivityEvent> trivial() {
        return Source.of(
                TopicCatalogue.ACTIVITY,
                (message, touched) -> {},
                (message, context) -> Outcome.APPLIED);
    }

    private List<String> days() {
        return database.rows(
                """
                select right(c.relname, 8) from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = (select to_regclass('streams.inbox_g' || id)
                                     from streams.generation)
                order by 1
                """);
    }
}
