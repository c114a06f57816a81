package io.farandole.streams.batch;

import static io.farandole.streams.batch.WindowsContract.START;
import static io.farandole.streams.batch.WindowsContract.viewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.streams.Delivery;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.crashing.CrashingDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forth and back between generations whose timers speak: each says what it says once. */
final class TimersAcrossSwitchIT {

    private static final Allowance ANY = new Allowance(1_000_000, 1_000_000);
    private static final int AT_ONCE = 50;
    private static final String BY_PHASE =
            "(select a.id from streams.generation a where a.phase = 'ACTIVE' and ? <> '')";
    private static final String SPEAKER = "streams.speaker_of_timer(?, t.domain, t.fire_at)";

    private final SettableClock clock = new SettableClock(START);
    private BatchDatabase database;
    private DataSource pool;
    private PreparedProcessor live;
    private PreparedProcessor built;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.fresh();
        pool = database.pool(4);
        live = new PreparingProcessors(pool, clock).prepare(Visits.processor());
        built = begin();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private PreparedProcessor begin() {
        PreparedProcessor begun =
                new PreparingProcessors(pool, clock).prepareNew(Visits.processor());
        RegisteredGenerations all = new RegisteredGenerations(pool);
        Generation generation = begun.generation();
        boolean _ = all.move(generation, GenerationPhase.CREATED, GenerationPhase.BACKFILL);
        boolean _ = all.move(generation, GenerationPhase.BACKFILL, GenerationPhase.CATCHUP);
        assertThat(all.move(generation, GenerationPhase.CATCHUP, GenerationPhase.SHADOW)).isTrue();
        return begun;
    }

    @Test
    void whatTheFormerOneHasToldOfTheOtherDoesNotTellAgain() {
        hear(live, hours(2));
        fire(live);
        assertThat(said("hour")).isEqualTo(1);

        activate(2);
        hear(built, hours(2));
        fire(built);

        assertThat(said("hour")).isEqualTo(1);
    }

    @Test
    void whatTheOtherHasFiredSilentlyTheFormerOneTells() {
        hear(live, hours(2).subList(0, 2));
        hear(built, hours(2));
        fire(built);
        assertThat(said("hour")).isZero();

        activate(2);
        hear(live, hours(2).subList(2, hours(2).size()));
        fire(live);

        assertThat(said("hour")).isEqualTo(1);
    }

    @Test
    void whatClosesAfterwardsTheOtherTells() {
        hear(live, hours(2));
        hear(built, hours(2));
        fire(live);
        fire(built);
        activate(2);
        for (PreparedProcessor generation : List.of(live, built)) {
            hear(generation, hours(5).subList(hours(2).size(), hours(5).size()));
            fire(generation);
        }

        assertThat(said("hour")).isEqualTo(4);
        assertThat(
                        database.rows(
                                "select count(*) from streams.outbox where attributes ->> 'ce-time' >= '2026-03-01T12'"))
                .containsExactly("3");
    }

    /** A whole history would be told again otherwise. */
    @Test
    void whatIsDueInAGenerationThatWasJustBuiltIsNotToldByIt() {
        hear(live, hours(30));
        fire(live);
        long told = said("hour");
        hear(built, hours(30));

        activate(2);
        fire(built);

        assertThat(told).isEqualTo(29);
        assertThat(said("hour")).isEqualTo(told);
    }

    @Test
    void aTimerByTheClockIsTheOnesThatWasActiveAtItsTime() {
        for (PreparedProcessor generation : List.of(live, built)) {
            hear(
                    generation,
                    List.of(
                            delivery(0, Visits.BARE + "before", "remind", 0),
                            delivery(1, Visits.BARE + "after", "remind", 90)));
        }
        fire(built);
        activate(2);
        fire(live);
        assertThat(said(Visits.BARE + "before")).isEqualTo(1);

        clock.advance(Duration.ofHours(2));
        fire(live);
        assertThat(said(Visits.BARE + "after")).isZero();
        fire(built);
        assertThat(said(Visits.BARE + "after")).isEqualTo(1);
    }

    @Test
    void whoHasYetToTellIsNotDropped() {
        hear(live, hours(2).subList(0, 2));
        hear(built, hours(2));
        fire(built);
        activate(2);
        DroppingGenerations dropping = new DroppingGenerations(pool);

        assertThatThrownBy(() -> dropping.requireSaid(live.generation(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("what 1 timers say that have yet to fire");
        dropping.requireSaid(live.generation(), 3);
        hear(live, hours(2).subList(2, hours(2).size()));
        fire(live);
        dropping.requireSaid(live.generation(), 0);
        dropping.starve(live.generation(), 0);

        // What is set for that time later on, whoever is left tells.
        hear(built, List.of(delivery(90, Visits.BARE + "late", "remind", 0)));
        clock.advance(Duration.ofHours(2));
        fire(built);
        assertThat(said(Visits.BARE + "late")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void eachIsToldOfOnceWhateverTheOrder(long seed) {
        assertThat(complaints(seed, live, built)).isEmpty();
    }

    /** The check, tested: by the phase alone some are told of twice, or never. */
    @Test
    void withoutItSomeAreToldOfTwiceOrNever() {
        List<String> all = new ArrayList<>();
        for (long seed = 1; seed <= 6; seed++) {
            database.close();
            prepare();
            DataSource byPhase =
                    CrashingDatabase.told(sql -> sql.replace(SPEAKER, BY_PHASE), pool).dataSource();
            PreparingProcessors preparing = new PreparingProcessors(byPhase, clock);
            all.addAll(
                    complaints(
                            seed,
                            preparing.prepare(Visits.processor()),
                            preparing.prepare(Visits.processor(), built.generation())));
        }
        assertThat(all).isNotEmpty();
    }

    /** Two generations hear the same, each at its own pace, and are switched again and again. */
    private List<String> complaints(long seed, PreparedProcessor first, PreparedProcessor second) {
        Random random = new Random(seed);
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(
                    i % 4 == 0
                            ? delivery(i, Visits.BARE + i, "remind", 10 * i)
                            : delivery(i, "u" + i % 3, "hour", 10 * i));
        }
        List<PreparedProcessor> both = List.of(first, second);
        int[] heard = new int[2];
        int active = 0;
        while (heard[0] < all.size() || heard[1] < all.size()) {
            int which = random.nextInt(2);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    int most = Math.min(all.size(), heard[which] + random.nextInt(12));
                    hear(both.get(which), all.subList(heard[which], most));
                    heard[which] = most;
                }
                case 2, 3 -> fire(both.get(which));
                default -> {
                    active = 1 - active;
                    activate(active + 1);
                }
            }
        }
        clock.advance(Duration.ofHours(2));
        fire(first);
        fire(second);
        List<String> complaints = new ArrayList<>();
        // Ten minutes after its end an hour is closed, by the last view.
        int closed = 3 * ((10 * (all.size() - 1) - 10) / 60);
        if (said("hour") != closed) {
            complaints.add("%d hours told of, %d closed".formatted(said("hour"), closed));
        }
        complaints.addAll(
                database.rows(
                        """
                        select what, count(*) from (
                          select convert_from(payload, 'UTF8') || (attributes ->> 'ce-time') as what
                          from streams.outbox) said
                        group by 1 having count(*) > 1
                        """));
        if (said("reminder") != all.size() / 4) {
            complaints.add(said("reminder") + " reminders");
        }
        return complaints;
    }

    private void advanceTo(Instant time) {
        Duration by = Duration.between(clock.instant(), time);
        if (by.isPositive()) {
            clock.advance(by);
        }
    }

    private void activate(int number) {
        new SwitchingGenerations(pool, clock)
                .activate(Visits.NAME, number, ANY, new Asked("a test", null), false);
    }

    private void hear(PreparedProcessor generation, List<Delivery> deliveries) {
        if (!deliveries.isEmpty()) {
            // Nobody hears what is yet to come: no event time is ahead of the clock.
            advanceTo(deliveries.getLast().publishTime());
            generation.batches(Visits.SOURCE).apply(deliveries, 0);
        }
    }

    private static void fire(PreparedProcessor generation) {
        FiringTimers firing = generation.firingTimers();
        while (firing.fireDue(AT_ONCE).fired() > 0) {
            // What fired may have set what is due.
        }
    }

    /** One user's views, one every half hour, until so many hours and a half are over. */
    private static List<Delivery> hours(int hours) {
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i <= 2 * hours; i++) {
            all.add(delivery(i, "ann", "hour", 30 * i));
        }
        return all;
    }

    private static Delivery delivery(int number, String user, String what, int minute) {
        return StoredVisits.delivery(viewed(number, user, what, minute, minute));
    }

    /** Of this kind, or user. */
    private long said(String what) {
        return database.number(
                "select count(*) from streams.outbox where convert_from(payload, 'UTF8') like '%%\"%s\"%%'"
                        .formatted(what));
    }
}
