package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.batch.ComparingGenerations.Comparison;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.PreparingProcessors;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequest.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A generation's whole life over real sockets, while events go on arriving. */
@ExtendWith(TellingTheSeed.class)
class ReplayIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    /** A pace that all generations keep up with. */
    private static final Duration BETWEEN_PORTIONS = Duration.ofMillis(50);

    private final Rebuilding rebuilding = new Rebuilding();
    private final Views views =
            new Views(rebuilding.wiring(), new Random(TellingTheSeed.SEED).nextLong());

    @AfterEach
    void close() {
        rebuilding.close();
    }

    @Test
    void rebuildsSwitchesAndGoesBackUnderTrafficLosingAndDoublingNothing() throws Exception {
        Streams process = rebuilding.process(Tally.processor());
        process.start();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        try (Collector said = new Collector(rebuilding.wiring(), "recommendations.collector")) {
            views.publish(5_000);
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> publish(goesOn));
            long request = rebuilding.start();
            await().atMost(LONG).until(() -> rebuilding.isIn(2, GenerationPhase.SHADOW));
            assertThat(rebuilding.answer(request).state()).isEqualTo(State.DONE);

            for (int number : List.of(2, 1, 2, 1, 2)) {
                long before = said.distinct();
                rebuilding.activate(number);
                await().atMost(LONG).until(() -> said.distinct() > before + 300);
            }
            goesOn.set(false);
            traffic.join();
            awaitHeard(1);
            awaitHeard(2);
            await().atMost(LONG).until(() -> said.distinct() == views.distinct());

            assertThat(rebuilding.compare(1, 2).isSame()).isTrue();
            assertThat(items(2)).isEqualTo(new TreeMap<>(views.byItem()));
            assertThat(rebuilding.installation().number("select count(*) from streams.outbox"))
                    .isEqualTo(views.distinct());
            new ViewBooks(rebuilding.installation()).keepEachVersionOfEachUserOnce(said);
            assertThat(process.condition().troubles()).isEmpty();
        } finally {
            goesOn.set(false);
            process.stop();
        }
    }

    @Test
    void whatComesIntoShadowIsComparedOnceWithWhatServes() throws Exception {
        List<Streams> both =
                List.of(
                        rebuilding.process(Tally.processor()),
                        rebuilding.process(Tally.processor()));
        both.forEach(Streams::start);
        views.publish(500);
        awaitHeard(1);
        await().atMost(LONG).until(() -> rebuilding.archive().size() == views.distinct());
        rebuilding.start();

        await().atMost(LONG).until(() -> rebuilding.kept(2).isPresent());
        Comparison found = rebuilding.kept(2).orElseThrow().found();

        assertThat(rebuilding.isIn(2, GenerationPhase.SHADOW)).isTrue();
        assertThat(found.left()).isEqualTo(1);
        assertThat(found.right()).isEqualTo(2);
        assertThat(found.isSame()).isTrue();
        assertThat(found.stores()).hasSize(2).allMatch(store -> store.equal() > 0);
        assertThat(rebuilding.kept(1)).isEmpty();
        both.forEach(Streams::stop);
        assertThat(rebuilding.installation().number("select count(*) from streams.comparison"))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedSaysWhyIsServedBesideAndIsComparedLater() throws Exception {
        Streams process = rebuilding.process(Tally.processor());
        process.start();
        views.publish(200);
        awaitHeard(1);
        await().atMost(LONG).until(() -> rebuilding.archive().size() == views.distinct());
        rebuilding.installation().execute("alter table streams.comparison rename to away");
        rebuilding.start();

        await().atMost(LONG).until(() -> trouble(2).contains("it is not compared yet: "));
        assertThat(process.condition().troubles()).isEmpty();
        rebuilding.installation().execute("alter table streams.away rename to comparison");

        await().atMost(LONG).until(() -> rebuilding.kept(2).isPresent());
        await().atMost(LONG).until(() -> rebuilding.generation(2).trouble() == null);
        process.stop();
    }

    @Test
    @EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
    void goesOnAfterBeingAbandonedInEachPhase() throws Exception {
        views.publish(3_000);
        Streams first = rebuilding.process(Tally.processor());
        first.start();
        awaitHeard(1);
        first.stop();
        // Of a START, only the row and the tables were made.
        StreamsSchema.migrate(rebuilding.wiring().database());
        new PreparingProcessors(rebuilding.wiring().database(), Clock.systemUTC())
                .prepareNew(Tally.processor());

        Streams broken = rebuilding.process(rebuilding.failingAfter(3), Tally.processor());
        broken.start();
        await().atMost(LONG).until(() -> trouble(2).contains("the disk is gone"));
        assertThat(rebuilding.generation(2).phase()).isEqualTo(GenerationPhase.BACKFILL);
        assertThat(broken.condition().troubles()).isEmpty();
        broken.stop();
        views.publish(1_000);

        Streams third = rebuilding.process(Tally.processor());
        third.start();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                rebuilding.generation(2).phase().compareTo(GenerationPhase.BACKFILL)
                                        > 0);
        third.stop();
        views.publish(1_000);

        Streams fourth = rebuilding.process(Tally.processor());
        fourth.start();
        await().atMost(LONG).until(() -> rebuilding.isIn(2, GenerationPhase.SHADOW));
        fourth.stop();
        views.publish(500);
        rebuilding.activate(2);

        Streams last = rebuilding.process(Tally.processor());
        last.start();
        views.publish(500);
        awaitHeard(1);
        awaitHeard(2);
        last.stop();

        assertThat(rebuilding.compare(1, 2).isSame()).isTrue();
        assertThat(items(2)).isEqualTo(new TreeMap<>(views.byItem()));
        assertThat(rebuilding.installation().number("select count(*) from streams.outbox"))
                .isEqualTo(views.distinct());
    }

    @Test
    void whatWasNotInTheArchiveYetIsBroughtByTheSubscriptionHoweverOldItIs() throws Exception {
        // For this process, all that is published is two hours old.
        Streams process =
                rebuilding.process(
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(2)), Tally.processor());
        process.start();
        views.publish(500);
        await().atMost(LONG).until(() -> rebuilding.archive().size() == views.distinct());
        rebuilding.stopArchiving();
        views.publish(300);
        awaitHeard(1);

        rebuilding.start();
        await().atMost(LONG).until(() -> rebuilding.isIn(2, GenerationPhase.SHADOW));
        awaitHeard(2);
        process.stop();

        assertThat(items(2)).isEqualTo(new TreeMap<>(views.byItem()));
    }

    @Test
    void dropsAGenerationWithItsSubscriptions() throws Exception {
        Streams process = rebuilding.process(Tally.processor());
        process.start();
        views.publish(500);
        rebuilding.start();
        await().atMost(LONG).until(() -> rebuilding.isIn(2, GenerationPhase.SHADOW));
        assertThat(process.condition().subscriptions())
                .containsKeys("activity.tally", "activity.tally.g2");
        assertRefused(rebuilding.start(), "generation 2 of tally is in phase SHADOW already");
        assertRefused(drop(1), "generation 1 of tally is the active one");

        rebuilding.activate(2);
        long drop = drop(1);
        await().atMost(LONG).until(() -> rebuilding.answer(drop).state() == State.DONE);
        assertThat(rebuilding.generation(1).dropped()).isNotNull();

        assertThat(process.condition().subscriptions()).containsOnlyKeys("activity.tally.g2");
        assertThat(rebuilding.wiring().admin().getSubscription("activity.tally")).isNull();
        views.publish(300);
        awaitHeard(2);
        process.stop();
        assertThat(items(2)).isEqualTo(new TreeMap<>(views.byItem()));

        // As provisioning makes it again, for it is in the topic catalogue.
        rebuilding.wiring().createSubscription("activity", Tally.NAME);
        Streams again = rebuilding.process(Tally.processor());
        again.start();
        await().atMost(LONG)
                .until(() -> rebuilding.wiring().admin().getSubscription("activity.tally") == null);
        again.stop();
    }

    @Test
    void aRepairBringsWhatWasLostAndNothingTwice() throws Exception {
        Instant before = Instant.now().minusSeconds(5);
        Streams process = rebuilding.process(Tally.processor());
        process.start();
        views.publish(500);
        awaitHeard(1);
        process.stop();
        try (Collector thief = new Collector(rebuilding.wiring(), "activity.tally")) {
            views.publish(200);
            await().atMost(LONG).until(() -> thief.distinct() == 200);
        }
        process.start();
        long request =
                rebuilding.ask(
                        ReplayRequest.Kind.REPAIR,
                        Map.of("topic", "activity", "since", before.toString(), "dryRun", "false"));

        await().atMost(LONG).until(() -> rebuilding.answer(request).state() == State.DONE);
        awaitHeard(1);
        await().atMost(LONG)
                .until(
                        () ->
                                rebuilding
                                                .installation()
                                                .number("select sum(duplicate) from streams.ledger")
                                        >= 500);
        process.stop();
        assertThat(items(1)).isEqualTo(new TreeMap<>(views.byItem()));
    }

    @Test
    void computesAKeyAndRefusesWhatCannotBe() throws Exception {
        Streams process = rebuilding.process(Tally.processor());
        process.start();
        views.publish(300);
        awaitHeard(1);
        await().atMost(LONG).until(() -> rebuilding.archive().size() == views.distinct());
        String key =
                rebuilding
                        .archive()
                        .read(new Wanted(Set.of("activity"), 0, null), 1)
                        .getFirst()
                        .delivery()
                        .orderingKey();

        long replay = rebuilding.ask(ReplayRequest.Kind.KEY, Map.of("key", key, "apply", "false"));
        await().atMost(LONG).until(() -> rebuilding.answer(replay).state() == State.DONE);
        assertThat(rebuilding.answer(replay).answer())
                .contains("\"store\": \"users\"", "\"same\": true");

        assertRefused(
                rebuilding.ask(
                        ReplayRequest.Kind.KEY, Map.of("key", "user:none", "apply", "false")),
                "the archive has no event of user:none");
        assertRefused(
                rebuilding.ask(
                        ReplayRequest.Kind.REPAIR,
                        Map.of(
                                "topic",
                                "catalogue",
                                "since",
                                Instant.now().toString(),
                                "dryRun",
                                "false")),
                "tally does not read topic catalogue");
        assertRefused(
                rebuilding.ask(
                        ReplayRequest.Kind.REPAIR,
                        Map.of(
                                "topic",
                                "activity",
                                "since",
                                "2001-01-01T00:00:00Z",
                                "dryRun",
                                "false")),
                "topic activity keeps what was published since ");
        process.stop();
    }

    private long drop(int number) {
        return rebuilding.ask(
                ReplayRequest.Kind.DROP,
                Map.of("generation", Integer.toString(number), "dryRun", "false"));
    }

    private void assertRefused(long request, String why) {
        await().atMost(LONG).until(() -> rebuilding.answer(request).state().isAnswered());
        assertThat(rebuilding.answer(request).state()).isEqualTo(State.REFUSED);
        assertThat(rebuilding.answer(request).reason()).contains(why);
    }

    private String trouble(int number) {
        return rebuilding
                .registered()
                .find(Tally.NAME, number)
                .map(GenerationState::trouble)
                .orElse("");
    }

    private void publish(AtomicBoolean goesOn) {
        try {
            while (goesOn.get()) {
                views.publish(50);
                LockSupport.parkNanos(BETWEEN_PORTIONS.toNanos());
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitHeard(int number) {
        await().atMost(LONG).until(() -> rebuilding.heard(number) == views.distinct());
    }

    private Map<String, Long> items(int number) {
        return new ViewBooks(rebuilding.installation())
                .byKey("tally.items_g" + rebuilding.generation(number).generation().id());
    }
}
