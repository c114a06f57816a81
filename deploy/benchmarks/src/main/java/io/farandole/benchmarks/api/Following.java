package io.farandole.benchmarks.api;

import io.farandole.benchmarks.api.serving.Gateway;
import io.farandole.benchmarks.api.serving.Platform;
import io.farandole.benchmarks.following.WatchingCauses;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import io.farandole.events.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * From an event to the list that it changed, stage by stage, while others come at the full rate: of
 * all events one in so many is of a user who has a stream open and is asked for besides. All times
 * are from when the event was due.
 */
final class Following {

    private static final Duration TO_REST = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ONE_IN = 20;
    private static final double PROMISED = 250;

    private final Filled filled;
    private final Sizes sizes;
    private final Findings findings;

    Following(Filled filled, Sizes sizes, Findings findings) {
        this.filled = filled;
        this.sizes = sizes;
        this.findings = findings;
    }

    /** Where an event can be met. */
    private enum Stage {
        ACTIVITY("  ingestion's event published"),
        READ_MODEL("  in the read model"),
        CHANGE("  change of list published"),
        ANSWER("  in the next GET"),
        STREAM("  on the stream");

        private final String words;

        Stage(String words) {
            this.words = words;
        }
    }

    /**
     * At the full rate, and where the machine does not keep up with that, at half of it, and so on.
     */
    void measure() throws Exception {
        for (int perSecond = sizes.events(); perSecond >= ONE_IN; perSecond /= 2) {
            findings.say("Starting the API");
            Platform platform = filled.platform();
            boolean keptUp;
            try (Gateway gateway = filled.installation().gateway(platform)) {
                keptUp = follow(platform, gateway, perSecond);
            }
            if (keptUp) {
                return;
            }
            if (!platform.awaitRest(TO_REST)) {
                findings.flaw("events were not heard within " + TO_REST.toSeconds() + " s");
                return;
            }
        }
    }

    private boolean follow(Platform platform, Gateway gateway, int perSecond) throws Exception {
        int users = filled.culture().userCount();
        int watched = Math.min(sizes.watched(), users / 2);
        SingleConnectionDataSource looking = looking();
        try (Meetings activity = new Meetings(platform.broker(), TopicCatalogue.ACTIVITY);
                Meetings changes = new Meetings(platform.broker(), TopicCatalogue.RECOMMENDATIONS);
                WatchingCauses causes = new WatchingCauses(JdbcClient.create(looking));
                ListStreams lists = ListStreams.opened(gateway.port(), watched);
                ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
                SteadyEvents events =
                        new SteadyEvents(
                                platform.broker(),
                                new SteadyEvents.Users(watched + 1, users),
                                filled.culture().offerCount(),
                                perSecond - perSecond / ONE_IN)) {
            findings.say(
                    String.format(
                            Locale.ROOT,
                            "%d streams are open; %d events/s, getting warm",
                            watched,
                            perSecond));
            Thread.sleep(sizes.warmUp());
            findings.say("Following " + watched + " events");
            Scene scene = new Scene(activity, changes, causes, lists, gateway.port());
            List<Future<Map<Stage, Double>>> trials = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(5);
            String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
            long before = platform.backlog();
            long begin = System.nanoTime();
            for (int user = 1; user <= watched; user++) {
                long due = begin + (user - 1) * 1_000_000_000L * ONE_IN / perSecond;
                Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                Instant now = Instant.now();
                String id = "followed-" + run + "-" + user;
                Expected expected = scene.expect(Integer.toString(user), id);
                events.producer().rate(id, Integer.toString(user), events.anyOffer(random));
                trials.add(asking.submit(() -> scene.await(expected, now)));
            }
            long after = platform.backlog();
            if (after - before > perSecond) {
                findings.note(
                        String.format(
                                Locale.ROOT,
                                "%d events/s are more than this machine does: while %d of them were"
                                        + " followed, what was not acknowledged yet went from %,d to"
                                        + " %,d messages, over all subscriptions.",
                                perSecond,
                                watched,
                                before,
                                after));
                long _ = events.stop();
                asking.shutdownNow();
                return false;
            }
            tell(perSecond, trials);
            long _ = events.stop();
            return true;
        } finally {
            looking.destroy();
        }
    }

    private SingleConnectionDataSource looking() {
        var postgres = filled.installation().postgres();
        return new SingleConnectionDataSource(
                postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password(), true);
    }

    /** What will be seen of one event. */
    private record Expected(
            String user,
            String id,
            CompletableFuture<Instant> activity,
            CompletableFuture<Instant> change,
            CompletableFuture<Instant> inReadModel,
            CompletableFuture<Instant> onStream) {}

    /** Those who see. */
    private record Scene(
            Meetings activity,
            Meetings changes,
            WatchingCauses causes,
            ListStreams lists,
            int port) {

        Expected expect(String user, String id) {
            return new Expected(
                    user,
                    id,
                    activity.awaited(id),
                    changes.awaited(id),
                    causes.awaited(user, id),
                    lists.awaited(id));
        }

        Map<Stage, Double> await(Expected expected, Instant due)
                throws InterruptedException, ExecutionException, TimeoutException {
            Map<Stage, Double> millis = new EnumMap<>(Stage.class);
            millis.put(Stage.READ_MODEL, since(due, expected.inReadModel()));
            String cause = ListStreams.causeInAnswer(port, expected.user());
            Instant answered = Instant.now();
            if (cause.equals(expected.id())) {
                millis.put(Stage.ANSWER, millis(due, answered));
            }
            millis.put(Stage.ACTIVITY, since(due, expected.activity()));
            millis.put(Stage.CHANGE, since(due, expected.change()));
            millis.put(Stage.STREAM, since(due, expected.onStream()));
            return millis;
        }

        private static double since(Instant due, CompletableFuture<Instant> seen)
                throws InterruptedException, ExecutionException, TimeoutException {
            return millis(due, seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        private static double millis(Instant due, Instant seen) {
            return Duration.between(due, seen).toNanos() / 1e6;
        }
    }

    private void tell(int perSecond, List<Future<Map<Stage, Double>>> trials)
            throws InterruptedException {
        Map<Stage, List<Double>> all = new EnumMap<>(Stage.class);
        int missing = 0;
        for (Future<Map<Stage, Double>> trial : trials) {
            try {
                Map<Stage, Double> millis = trial.get();
                if (!millis.containsKey(Stage.ANSWER)) {
                    findings.flaw("a GET after the read model had another list");
                }
                millis.forEach(
                        (stage, took) ->
                                all.computeIfAbsent(stage, _ -> new ArrayList<>()).add(took));
            } catch (ExecutionException e) {
                missing++;
                if (missing == 1) {
                    findings.flaw("an event was not seen everywhere: " + e.getCause());
                }
            }
        }
        if (missing > 1) {
            findings.flaw(missing + " events were not seen everywhere in time");
        }
        findings.note("Events were followed at " + perSecond + "/s.");
        // The promise is one at the full rate.
        all.forEach((stage, millis) -> tell(stage, millis, perSecond == sizes.events()));
    }

    private void tell(Stage stage, List<Double> millis, boolean atFullRate) {
        boolean promised = atFullRate && (stage == Stage.ANSWER || stage == Stage.STREAM);
        findings.row(Row.of(stage.words + ", p50", "ms", List.of(Figure.at(millis, 0.5))));
        findings.row(
                Row.of(
                        stage.words + ", p99",
                        "ms",
                        List.of(Figure.at(millis, 0.99)),
                        List.of(),
                        promised ? Target.atMost(PROMISED) : null));
    }
}
