package io.farandole.streams.soaking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.cloud.pubsub.v1.Subscriber;
import io.farandole.streams.batch.ComparingGenerations;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.batch.SwitchingGenerations;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.crashing.CrashPoint;
import io.farandole.streams.crashing.CrashingDatabase;
import io.farandole.streams.crashing.CrashingDatabase.Crash;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A rebuild under traffic of which every process is killed, again and again, in each of its phases
 * and about the switch: the old generation serves until the new one does, and both come to the
 * same.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@ExtendWith(TellingTheSeed.class)
final class RebuildUnderFireIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Duration BETWEEN_PORTIONS = Duration.ofMillis(100);
    private static final int INSTANCES = 2;
    private static final int EARLIER = 20_000;

    /** In so many parts of the archive the processes are killed. */
    private static final int PARTS = 4;

    private final Installation installation = new Installation();
    private final Wiring wiring = installation.wiring();
    private final Views views = new Views(wiring, new Random(TellingTheSeed.SEED).nextLong());
    private final ViewBooks books = new ViewBooks(installation);
    private final RegisteredGenerations registered = new RegisteredGenerations(wiring.database());
    private final List<Process> instances = new ArrayList<>();
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private int kills;

    @AfterEach
    void close() {
        goesOn.set(false);
        instances.forEach(Process::destroyForcibly);
        installation.close();
    }

    @Test
    void theOldGenerationServesAndTheNewOneComesToTheSame() throws Exception {
        StreamsSchema.migrate(wiring.database());
        SharedArchive.provision(installation);
        wiring.createTopic("activity", Duration.ofDays(1));
        wiring.createTopic("recommendations", Duration.ofDays(1));
        wiring.createSubscription("activity", Tally.NAME);
        wiring.createSubscription("activity", "archive");
        wiring.createSubscription("recommendations", "collector");
        Subscriber landing = new SharedArchive(wiring.database()).land(wiring);
        try (Collector said = new Collector(wiring, "recommendations.collector")) {
            startAll();
            views.publish(EARLIER);
            await().atMost(LONG).until(() -> heard(1) == views.distinct());
            await().atMost(LONG).until(() -> archived() == views.distinct());
            // The common pool may be one thread.
            CompletableFuture<Void> traffic =
                    CompletableFuture.runAsync(this::publish, Thread::startVirtualThread);
            new ReplayRequests(wiring.database())
                    .ask(
                            ReplayRequest.Kind.START,
                            Tally.NAME,
                            Map.of("evenIfRead", "false", "dryRun", "false"));

            for (int part = 1; part < PARTS; part++) {
                long position = (long) EARLIER * part / PARTS;
                awaitPhase(GenerationPhase.BACKFILL, () -> position() >= position);
                killAll(GenerationPhase.BACKFILL);
            }
            awaitPhase(GenerationPhase.CATCHUP, () -> true);
            killAll(GenerationPhase.CATCHUP);
            awaitPhase(GenerationPhase.SHADOW, () -> true);
            killAll(GenerationPhase.SHADOW);
            switchUnderFire();
            goesOn.set(false);
            traffic.join();

            await().atMost(LONG).until(() -> heard(1) == views.distinct());
            await().atMost(LONG).until(() -> heard(2) == views.distinct());
            await().atMost(LONG).until(() -> said.distinct() == views.distinct());
            areTheSame();
            books.keepEachVersionOfEachUserOnce(said);
            System.out.printf(
                    "%,d views, %d kills of processes, and the two generations are the same%n",
                    views.distinct(), kills);
        } finally {
            landing.stopAsync().awaitTerminated();
        }
    }

    /** Before the commit nothing has happened; after it all has, whoever was told of it. */
    private void switchUnderFire() throws Exception {
        assertThatThrownBy(() -> activate(2, losing(CrashPoint.BEFORE_COMMIT)));
        assertThat(phase(1)).isEqualTo(GenerationPhase.ACTIVE);
        CompletableFuture<Void> killing =
                CompletableFuture.runAsync(this::replaceAll, Thread::startVirtualThread);
        assertThatThrownBy(() -> activate(2, losing(CrashPoint.COMMIT_WITHOUT_REPLY)));
        killing.join();
        assertThat(phase(2)).isEqualTo(GenerationPhase.ACTIVE);
        serves(2);
        activateWhenAllowed(1);
        killAll(GenerationPhase.RETIRED);
        serves(1);
        activateWhenAllowed(2);
        serves(2);
    }

    /**
     * On a busy machine the killed processes are away for longer than what is published counts as
     * on its way: whoever switches is told so, and waits.
     */
    private void activateWhenAllowed(int number) {
        await().atMost(LONG)
                .ignoreExceptionsMatching(IllegalStateException.class::isInstance)
                .until(
                        () -> {
                            activate(number, wiring.database());
                            return true;
                        });
    }

    private DataSource losing(CrashPoint point) {
        return CrashingDatabase.at(point, wiring.database(), 1, 1, Crash::loseConnection)
                .dataSource();
    }

    private static void activate(int number, DataSource database) {
        new SwitchingGenerations(database)
                .activate(
                        Tally.NAME,
                        number,
                        new Allowance(100_000, 0),
                        new Asked("a test", null),
                        false);
    }

    private void areTheSame() {
        assertThat(
                        new ComparingGenerations(wiring.database())
                                .compare(
                                        registered.find(Tally.NAME, 1).orElseThrow().generation(),
                                        registered.find(Tally.NAME, 2).orElseThrow().generation(),
                                        ComparingGenerations.TOP,
                                        5)
                                .isSame())
                .isTrue();
        for (int number = 1; number <= 2; number++) {
            int id = registered.find(Tally.NAME, number).orElseThrow().generation().id();
            assertThat(books.byKey("tally.items_g" + id)).isEqualTo(new TreeMap<>(views.byItem()));
            assertThat(books.byKey("tally.users_g" + id)).isEqualTo(new TreeMap<>(views.byUser()));
        }
        assertThat(installation.number("select count(*) from streams.outbox"))
                .as("said once, whichever generation said it")
                .isEqualTo(views.distinct());
        assertThat(installation.number("select count(*) from streams.dead_letter")).isZero();
    }

    /** In this phase of the rebuild; the one before serves. */
    private void killAll(GenerationPhase during) {
        int building = during == GenerationPhase.RETIRED ? 1 : 2;
        assertThat(phase(building))
                .as("killed in another phase than it was to be")
                .isEqualTo(building == 1 ? GenerationPhase.ACTIVE : during);
        replaceAll();
        serves(1);
    }

    private void replaceAll() {
        try {
            for (Process one : instances) {
                one.destroyForcibly().waitFor();
                kills++;
            }
            instances.clear();
            startAll();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void startAll() throws IOException {
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(RebuildingInstance.start(installation));
        }
    }

    /** It is the active one, and more and more is applied to it. */
    private void serves(int number) {
        assertThat(phase(number)).isEqualTo(GenerationPhase.ACTIVE);
        long before = heard(number);
        await().atMost(LONG).until(() -> heard(number) > before + 50);
        assertThat(phase(number)).isEqualTo(GenerationPhase.ACTIVE);
    }

    private void awaitPhase(GenerationPhase wanted, BooleanSupplier also) {
        await().atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> phase(2) == wanted && also.getAsBoolean());
    }

    private GenerationPhase phase(int number) {
        return registered
                .find(Tally.NAME, number)
                .map(state -> state.phase())
                .orElse(GenerationPhase.CREATED);
    }

    private long heard(int number) {
        return registered.find(Tally.NAME, number).stream()
                .flatMap(state -> registered.progress(state.generation()).stream())
                .mapToLong(RegisteredGenerations.Progress::heard)
                .sum();
    }

    private long archived() {
        return installation.number("select count(*) from archived.events");
    }

    private long position() {
        return installation.number("select max(position) from streams.backfill");
    }

    private void publish() {
        try {
            while (goesOn.get()) {
                views.publish(50);
                LockSupport.parkNanos(BETWEEN_PORTIONS.toNanos());
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
