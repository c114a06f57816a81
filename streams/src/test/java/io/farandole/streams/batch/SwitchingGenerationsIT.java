package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Rated;
import io.farandole.streams.Delivery;
import io.farandole.streams.Outcome;
import io.farandole.streams.Reference;
import io.farandole.streams.Source;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.batch.SwitchingGenerations.Judged;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forth and back between generations: what follows from each event is said once. */
final class SwitchingGenerationsIT {

    private static final String SAID =
            """
            select count(*), count(distinct o.attributes ->> 'ce-causationid')
            from streams.outbox o
            """;

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

    private PreparedProcessor shadow() {
        PreparedProcessor built = rebuild.begin();
        rebuild.backfill(built);
        rebuild.shadow(built);
        return built;
    }

    private static Allowance allowed(long behind) {
        return new Allowance(behind, 0);
    }

    private List<String> phases() {
        return database.rows("select number, phase, fed from streams.generation order by number");
    }

    @Test
    void theViewShowsTheNewOneAndTheOldOneIsFedOnSilently() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        SwitchingGenerations.Switch made = rebuild.activate(2, allowed(0), false);

        assertThat(made).isEqualTo(new SwitchingGenerations.Switch(1, 2, 0, 0, 0, 0));
        assertThat(phases()).containsExactly("1|RETIRED|t", "2|ACTIVE|t");
        List<Delivery> more = Deliveries.ratings(20, 8, 4, 3, now);
        assertThat(rebuild.apply(built, more).outputs()).isEqualTo(8);
        assertThat(database.rows("select sum(number) from counting.totals")).containsExactly("28");
        assertThat(rebuild.apply(rebuild.live(), more).outputs()).isZero();
        assertThat(rebuild.compare(built).isSame()).isTrue();
        assertThat(database.rows(SAID)).containsExactly("28|28");
    }

    @Test
    void aDryRunSwitchesNothing() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor _ = shadow();

        rebuild.activate(2, allowed(0), true);

        assertThat(phases()).containsExactly("1|ACTIVE|t", "2|SHADOW|t");
    }

    @Test
    void whatOneHasHeardAndTheOtherHasNotIsSaidOnce() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        List<Delivery> liveFirst = Deliveries.ratings(20, 5, 4, 3, now);
        List<Delivery> builtFirst = Deliveries.ratings(25, 6, 4, 3, now);
        Receipt _ = rebuild.apply(rebuild.live(), liveFirst);
        Receipt _ = rebuild.apply(built, builtFirst);

        SwitchingGenerations.Switch made = rebuild.activate(2, allowed(10), false);
        Receipt nowBuilt = rebuild.apply(built, liveFirst);
        Receipt nowLive = rebuild.apply(rebuild.live(), builtFirst);

        assertThat(made.behind()).isEqualTo(5);
        assertThat(made.saidAlready()).isEqualTo(5);
        assertThat(made.saidYet()).isEqualTo(6);
        assertThat(nowBuilt.applied()).isEqualTo(5);
        assertThat(nowBuilt.outputs()).isZero();
        assertThat(nowLive.outputs()).isEqualTo(6);
        assertThat(database.rows(SAID)).containsExactly("31|31");
        assertThat(database.number("select count(*) from streams.owed")).isZero();
    }

    @Test
    void whatWaitsInOneIsSaidByTheOneThatAppliesItLast() {
        rebuild.happen(Deliveries.ratings(0, 3, 1, 1, now));
        PreparedProcessor built = shadow();
        Delivery waiting = Deliveries.rated(10, "u0", "after-late", now);
        Delivery awaited = Deliveries.rated(11, "u0", "late", now);
        Receipt _ = rebuild.apply(rebuild.live(), List.of(waiting));
        // In the new one, the row that is waited for is there already.
        database.execute(
                "insert into counting.items_g%d select %d, 'late', value, 0 from counting.items_g%d limit 1"
                        .formatted(
                                built.generation().id(),
                                built.generation().id(),
                                built.generation().id()));
        assertThat(rebuild.apply(built, List.of(waiting)).applied()).isEqualTo(1);

        rebuild.activate(2, allowed(10), false);
        database.execute(
                "insert into counting.items_g%d select %d, 'late', value, 0 from counting.items_g%d limit 1"
                        .formatted(
                                rebuild.live().generation().id(),
                                rebuild.live().generation().id(),
                                rebuild.live().generation().id()));
        clock.advance(Duration.ofSeconds(5));
        Receipt retried = rebuild.live().retryingWaiting().retryDue(10, 0);

        assertThat(awaited).isNotNull();
        assertThat(retried.applied()).isEqualTo(1);
        assertThat(retried.outputs()).isEqualTo(1);
        assertThat(database.rows(SAID)).containsExactly("4|4");
    }

    @Test
    void whatWasPutAsideInTheRetiredOneIsRedrivenAndSaidByIt() {
        AtomicBoolean mended = new AtomicBoolean();
        rebuild = new Rebuild(database, clock, mendable(mended));
        rebuild.happen(Deliveries.ratings(0, 3, 1, 1, now));
        PreparedProcessor built = shadow();
        List<Delivery> poison = List.of(Deliveries.rated(10, "u0", "throws", now));
        Receipt _ = rebuild.apply(rebuild.live(), poison);
        mended.set(true);
        assertThat(rebuild.apply(built, poison)).extracting(Receipt::applied).isEqualTo(1);
        rebuild.activate(2, allowed(10), false);

        DeadLetterDesk desk = new DeadLetterDesk(database.owner(), clock);
        List<DeadLetter> letters = desk.open(DeadLetterFilter.ALL, 10);
        assertThat(letters).extracting(DeadLetter::generation).containsExactly(1);
        assertThatThrownBy(() -> rebuild.dropping().starve(rebuild.live().generation(), 0))
                .hasMessageContaining("what follows from 1 events")
                .hasMessageEndingWith("say --max-unsaid 1");
        assertThat(phases()).containsExactly("1|RETIRED|t", "2|ACTIVE|t");
        assertThat(desk.redrive(letters.stream().map(DeadLetter::id).toList())).hasSize(1);
        Receipt retried = rebuild.live().retryingWaiting().retryDue(10, 0);

        assertThat(retried.applied()).isEqualTo(1);
        assertThat(retried.outputs()).isEqualTo(1);
        assertThat(database.rows(SAID)).containsExactly("4|4");
        rebuild.dropping().starve(rebuild.live().generation(), 0);
        assertThat(phases()).containsExactly("1|RETIRED|f", "2|ACTIVE|t");
    }

    @Test
    void whatIsNotSaidYetMayBeGivenUp() {
        rebuild.happen(Deliveries.ratings(0, 3, 1, 1, now));
        PreparedProcessor built = shadow();
        Receipt _ = rebuild.apply(built, Deliveries.ratings(3, 2, 1, 1, now));
        rebuild.activate(2, allowed(10), false);

        assertThatThrownBy(() -> rebuild.dropping().starve(rebuild.live().generation(), 1))
                .hasMessageContaining("what follows from 2 events");
        rebuild.dropping().starve(rebuild.live().generation(), 2);

        assertThat(phases()).containsExactly("1|RETIRED|f", "2|ACTIVE|t");
    }

    /** A counting that fails on one item until it is mended. */
    private static Source<ActivityEvent> mendable(AtomicBoolean mended) {
        return Source.of(
                ACTIVITY,
                Counting::declare,
                (message, context) -> {
                    if (!mended.get() || !(message.event() instanceof Rated rated)) {
                        return Counting.fold(message, context);
                    }
                    Counting.say(
                            context,
                            rated,
                            Counting.increment(
                                            context,
                                            Counting.USERS.at(rated.user().value()),
                                            rated.value())
                                    .number());
                    return Outcome.APPLIED;
                });
    }

    @Test
    void anyHistoryOfSwitchesSaysEachOnce() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Delivery> all = new ArrayList<>(Deliveries.ratings(0, 400, 9, 6, now));
        rebuild.happen(all.subList(0, 100));
        PreparedProcessor built = shadow();
        List<Delivery> forLive = new ArrayList<>(all.subList(100, 400));
        List<Delivery> forBuilt = new ArrayList<>(all.subList(100, 400));
        Collections.shuffle(forLive, random);
        Collections.shuffle(forBuilt, random);
        int active = 1;
        while (!forLive.isEmpty() || !forBuilt.isEmpty()) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    active = 3 - active;
                    rebuild.activate(active, allowed(1_000), false);
                }
                case 1, 2 -> hearSome(rebuild.live(), forLive, random);
                default -> hearSome(built, forBuilt, random);
            }
        }

        assertThat(database.rows(SAID)).as("seed %d", seed).containsExactly("400|400");
        assertThat(rebuild.compare(built).isSame()).as("seed %d", seed).isTrue();
        assertThat(database.number("select count(*) from streams.owed")).isZero();
    }

    private void hearSome(PreparedProcessor generation, List<Delivery> left, Random random) {
        int many = Math.min(left.size(), random.nextInt(40));
        List<Delivery> some = new ArrayList<>(left.subList(0, many));
        left.subList(0, many).clear();
        Receipt _ = rebuild.apply(generation, some);
    }

    @Test
    void refusesWhatIsNotReady() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = rebuild.begin();

        assertRefused(2, 0, "generation 2 of counting is in phase CREATED");
        assertRefused(1, 0, "generation 1 of counting is active already");
        assertRefused(7, 0, "counting has no generation 7");
        rebuild.shadow(built);
        assertRefused(2, 19, "has not heard 20 events that generation 1 has, and 19 are allowed");
        rebuild.dropping().starve(built.generation(), 0);
        assertRefused(2, 100, "was dropped");
    }

    private void assertRefused(int number, long mostBehind, String why) {
        assertThatThrownBy(() -> rebuild.activate(number, allowed(mostBehind), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatIsNotOnItsWayAnyMoreIsCountedApart() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor _ = shadow();
        Receipt _ = rebuild.apply(rebuild.live(), Deliveries.ratings(20, 5, 4, 3, now));
        switchesOnlyAllowing(0);

        // A minute ago: the inboxes tell; days ago: the books do.
        Receipt _ =
                rebuild.apply(
                        rebuild.live(), Deliveries.ratings(25, 2, 4, 3, now.minusSeconds(60)));
        switchesOnlyAllowing(2);
        Receipt _ =
                rebuild.apply(
                        rebuild.live(),
                        Deliveries.ratings(27, 4, 4, 3, now.minus(Duration.ofDays(3))));
        switchesOnlyAllowing(6);
    }

    @Test
    void asManyOthersMakeUpForNothingThatIsLost() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        Receipt _ =
                rebuild.apply(
                        rebuild.live(), Deliveries.ratings(20, 5, 4, 3, now.minusSeconds(60)));
        Receipt _ = rebuild.apply(built, Deliveries.ratings(25, 9, 4, 3, now.minusSeconds(60)));
        switchesOnlyAllowing(5);
    }

    @Test
    void asManyOfAnotherHourMakeUpForNothingThatTheBooksLack() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        database.execute(
                """
                insert into streams.ledger (generation, topic, hour, worker, delivered, applied,
                    duplicate, late, rejected, dead_lettered, waiting)
                values (%d, 'activity', timestamptz '2011-11-11 11:00Z', 0, 3, 3, 0, 0, 0, 0, 0),
                       (%d, 'activity', timestamptz '2012-12-12 12:00Z', 0, 9, 9, 0, 0, 0, 0, 0)
                """
                        .formatted(rebuild.live().generation().id(), built.generation().id()));
        switchesOnlyAllowing(3);
    }

    private void switchesOnlyAllowing(long lost) {
        if (lost > 0) {
            assertThatThrownBy(() -> rebuild.activate(2, new Allowance(100, lost - 1), true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "lacks %d events that generation 1 has heard".formatted(lost));
        }
        assertThat(rebuild.activate(2, new Allowance(100, lost), true).lost()).isEqualTo(lost);
    }

    @Test
    void isJudgedByAComparisonAndToldWithWhoAllowedWhat() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        Receipt _ = rebuild.apply(rebuild.live(), Deliveries.ratings(20, 1, 1, 1, now));
        Generation live = rebuild.live().generation();
        long found = rebuild.comparing().compareAndKeep(live, built.generation()).id();

        assertRefused(
                new Judged(found, 1),
                "generation 2 of counting does not hold what generation 1 does: 1 keys of items, 1 keys of users differ, and 1 may");
        assertThat(rebuild.switching().madeTo(built.generation())).isEmpty();
        rebuild.activate(2, allowed(1), new Asked("marie", new Judged(found, 2)), true);
        assertThat(rebuild.switching().madeTo(built.generation())).isEmpty();
        rebuild.activate(2, allowed(1), new Asked("marie", new Judged(found, 2)), false);
        rebuild.activate(1, allowed(1_000), new Asked("paul", null), false);

        SwitchMade forth = rebuild.switching().madeTo(built.generation()).getFirst();
        assertThat(forth).isEqualTo(new SwitchMade(1, 2, forth.at(), "marie", 1, 1, 0, 0, 2L, 2L));
        SwitchMade back = rebuild.switching().madeTo(live).getFirst();
        assertThat(back)
                .isEqualTo(new SwitchMade(2, 1, back.at(), "paul", 0, 1_000, 0, 0, null, null));
        assertThat(back.at()).isAfter(forth.at());
    }

    @Test
    void isNotJudgedByAComparisonOfOthers() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        Generation live = rebuild.live().generation();
        long other = rebuild.comparing().compareAndKeep(built.generation(), live).id();

        assertRefused(new Judged(other, 1_000), "compared with another than generation 1");
        assertRefused(new Judged(other + 1, 1_000), "compared with another than generation 1");
    }

    @Test
    void isNotJudgedByAComparisonFromBeforeWhatItLooksUpChanged() {
        database.execute("create table counting.prices as select 'of March' as edition");
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built =
                rebuild.begin(
                        Counting.describe()
                                .looksUp(
                                        new Reference<>(
                                                "prices",
                                                String.class,
                                                Duration.ofHours(1),
                                                _ -> "",
                                                "select max(edition) from counting.prices"))
                                .build());
        rebuild.backfill(built);
        rebuild.shadow(built);
        Generation live = rebuild.live().generation();
        KeptComparison before = rebuild.comparing().compareAndKeep(live, built.generation());
        database.execute("update counting.prices set edition = 'of April'");

        assertThat(before.found().lookedUp()).isEqualTo(Map.of("prices", "of March"));
        assertRefused(
                new Judged(before.id(), 0),
                "what counting looks up (prices) has changed since generation 2 was compared");
        long after = rebuild.comparing().compareAndKeep(live, built.generation()).id();
        rebuild.activate(2, allowed(0), new Asked("marie", new Judged(after, 0)), false);

        assertThat(phases()).containsExactly("1|RETIRED|t", "2|ACTIVE|t");
    }

    private void assertRefused(Judged judged, String why) {
        assertThatThrownBy(
                        () -> rebuild.activate(2, allowed(10), new Asked("marie", judged), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatWasWithheldIsNotMissing() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now.minusSeconds(90)));
        Delivery erasure = Deliveries.erased("u1", now.minusSeconds(80));
        rebuild.happen(List.of(erasure));
        PreparedProcessor built = shadow();

        assertThat(rebuild.compare(built).withheld()).isEqualTo(5);
        assertThat(rebuild.activate(2, new Allowance(0, 0), false))
                .isEqualTo(new SwitchingGenerations.Switch(1, 2, 0, 0, 0, 0));
        assertThat(rebuild.apply(built, List.of(erasure)).duplicate()).isEqualTo(1);
    }

    @Test
    void droppingLeavesNothingButItsRow() {
        rebuild.happen(Deliveries.ratings(0, 20, 4, 3, now));
        PreparedProcessor built = shadow();
        int id = built.generation().id();
        assertThatThrownBy(() -> rebuild.dropping().starve(rebuild.live().generation(), 0))
                .hasMessageContaining("is the active one");

        rebuild.dropping().starve(built.generation(), 0);
        assertThatThrownBy(() -> rebuild.apply(built, Deliveries.ratings(20, 1, 1, 1, now)))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("is being dropped");
        rebuild.dropping().drop(built.generation());
        rebuild.dropping().drop(built.generation());

        assertThat(
                        database.number(
                                "select count(*) from pg_class where relname like '%\\_g"
                                        + id
                                        + "' or relname like '%\\_g"
                                        + id
                                        + "\\_%'"))
                .isZero();
        assertThat(database.number("select count(*) from streams.ledger where generation = " + id))
                .isZero();
        assertThat(rebuild.registered().find(Counting.NAME, 2).orElseThrow().dropped()).isNotNull();
        assertThat(database.rows("select sum(number) from counting.totals")).containsExactly("20");
        assertThat(rebuild.begin().generation().number()).isEqualTo(3);
    }
}
