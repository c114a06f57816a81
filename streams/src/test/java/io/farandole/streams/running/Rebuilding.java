package io.farandole.streams.running;

import com.google.cloud.pubsub.v1.Subscriber;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Processor;
import io.farandole.streams.batch.ComparingGenerations;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.KeptComparison;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.batch.SwitchingGenerations;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequests;
import io.farandole.streams.testing.InMemoryArchive;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** An installation whose activity is archived as it comes, seen as an operator sees it. */
public final class Rebuilding implements AutoCloseable {

    private final Installation installation = new Installation();
    private final InMemoryArchive archive = new InMemoryArchive();
    private final ReplayRequests requests;
    private final RegisteredGenerations registered;
    private final Subscriber landing;

    public Rebuilding() {
        Wiring wiring = installation.wiring();
        requests = new ReplayRequests(wiring.database());
        registered = new RegisteredGenerations(wiring.database());
        wiring.createTopic("activity", Duration.ofDays(1));
        wiring.createTopic("recommendations", Duration.ofDays(1));
        wiring.createSubscription("activity", Tally.NAME);
        wiring.createSubscription("activity", "archive");
        wiring.createSubscription("recommendations", "collector");
        landing =
                wiring.subscribers()
                        .createSubscriber(
                                "activity.archive",
                                (message, reply) -> {
                                    Held held = Held.of(message, reply);
                                    archive.add("activity", held.delivery());
                                    held.ack();
                                });
        landing.startAsync().awaitRunning();
    }

    public Wiring wiring() {
        return installation.wiring();
    }

    public Installation installation() {
        return installation;
    }

    public InMemoryArchive archive() {
        return archive;
    }

    RegisteredGenerations registered() {
        return registered;
    }

    /** A process that runs these, not started. */
    Streams process(Processor... processors) {
        return process(archive, processors);
    }

    Streams process(ArchivedEvents read, Processor... processors) {
        return wiring().streams(
                        StreamsSettings.defaults(),
                        new ReplayMeans(read, wiring().subscriptions()),
                        processors);
    }

    /** A process that runs these, on a database that is not as it should be. */
    public Streams process(DataSource other, ArchivedEvents read, Processor... processors) {
        return wiring().streams(
                        other,
                        StreamsSettings.defaults(),
                        new ReplayMeans(read, wiring().subscriptions()),
                        processors);
    }

    /** A process that runs these, by another clock. */
    Streams process(Clock clock, Processor... processors) {
        return wiring().streams(
                        StreamsSettings.defaults(),
                        new ReplayMeans(archive, wiring().subscriptions()),
                        clock,
                        processors);
    }

    /** The archive, which gives a thousand at a time and fails after so many portions. */
    ArchivedEvents failingAfter(int portions) {
        return new ArchivedEvents() {
            private int read;

            @Override
            public synchronized List<ArchivedEvent> read(Wanted wanted, int most)
                    throws IOException {
                if (++read > portions) {
                    throw new IOException("the disk is gone");
                }
                return archive.read(wanted, Math.min(most, 1_000));
            }

            @Override
            public List<Expired> expired(Set<String> topics) {
                return archive.expired(topics);
            }
        };
    }

    long ask(ReplayRequest.Kind kind, Map<String, String> arguments) {
        return requests.ask(kind, Tally.NAME, arguments);
    }

    public long start() {
        return ask(ReplayRequest.Kind.START, Map.of("evenIfRead", "false", "dryRun", "false"));
    }

    ReplayRequest answer(long id) {
        return requests.find(id).orElseThrow();
    }

    public GenerationState generation(int number) {
        return registered.find(Tally.NAME, number).orElseThrow();
    }

    public boolean isIn(int number, GenerationPhase phase) {
        return registered.find(Tally.NAME, number).stream()
                .anyMatch(state -> state.phase() == phase);
    }

    /** How many different events it has heard. */
    long heard(int number) {
        return registered.progress(generation(number).generation()).stream()
                .mapToLong(RegisteredGenerations.Progress::heard)
                .sum();
    }

    SwitchingGenerations.Switch activate(int number) {
        return new SwitchingGenerations(wiring().database())
                .activate(
                        Tally.NAME,
                        number,
                        new Allowance(100_000, 0),
                        new Asked("a test", null),
                        false);
    }

    ComparingGenerations.Comparison compare(int one, int other) {
        return new ComparingGenerations(wiring().database())
                .compare(
                        generation(one).generation(),
                        generation(other).generation(),
                        ComparingGenerations.TOP,
                        5);
    }

    /** What was found last when it was compared. */
    Optional<KeptComparison> kept(int number) {
        return registered
                .find(Tally.NAME, number)
                .flatMap(
                        state ->
                                new ComparingGenerations(wiring().database())
                                        .kept(state.generation()));
    }

    /** What is published from now on is not archived. */
    public void stopArchiving() {
        landing.stopAsync().awaitTerminated();
    }

    @Override
    public void close() {
        stopArchiving();
        installation.close();
    }
}
