package io.farandole.benchmarks;

import io.farandole.events.RunId;
import io.farandole.local.Farandole;
import io.farandole.local.importing.Importing;
import io.farandole.local.inspecting.AskingForTraining;
import io.farandole.local.inspecting.Rest;
import io.farandole.local.inspecting.RunLedger;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.movielens.DataSet;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.Background;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How long it takes from a rating to the list that it changed. Ends with status 1 when a list did
 * not change as it should; slowness is printed, not judged.
 */
public final class Freshness {

    private static final int TRIALS = 200;
    private static final int WARM_UP = 50;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Freshness() {}

    /**
     * @param arguments the number of ratings, if not 200
     */
    static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? TRIALS : Integer.parseInt(arguments[0]);
        System.exit(measured(count) ? 0 : 1);
    }

    private static boolean measured(int count) throws IOException, InterruptedException {
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-fresh-"));
        System.out.println("Starting a platform of its own in " + directory);
        Background background =
                Background.start(
                        directory,
                        Farandole.class,
                        List.of(
                                "up",
                                "--foreground",
                                "--data",
                                directory.toString(),
                                "--api-port",
                                "0",
                                "--management-port",
                                "0",
                                "--pubsub-port",
                                "0"));
        try {
            background.awaitReady(line -> System.out.println("  " + line));
            RunningInstance running = RunningInstance.find(directory.path());
            fill(running);
            release(running);
            FreshnessTrials trials = new FreshnessTrials(running, "model", PAUSE);
            System.out.printf(
                    Locale.ROOT,
                    "%d ratings to get warm, then %d, one every %d ms%n",
                    WARM_UP,
                    count,
                    PAUSE.toMillis());
            return told(trials.run(WARM_UP, count));
        } finally {
            background.stop();
            directory.delete();
        }
    }

    private static void fill(RunningInstance running) throws InterruptedException {
        Path files = Path.of(System.getProperty("farandole.home", "."), "data", "ml-latest-small");
        DataSet dataSet = DataSet.in(files, Clock.systemUTC());
        System.out.printf(Locale.ROOT, "Importing %,d events%n", dataSet.eventCount());
        try (Importing importing =
                        new Importing(dataSet, running.pubsubAddress(), AllInOne.PROJECT);
                Tables tables = Tables.in(running.directory())) {
            importing.run();
            new Rest(running.directory(), tables).await();
        }
    }

    private static void release(RunningInstance running) throws InterruptedException {
        RunId run = AskingForTraining.on(running, List.of());
        System.out.println("Training, judging and releasing a model: " + run);
        try (Tables tables = Tables.in(running.directory())) {
            RunState state = RunState.RUNNING;
            while (state == RunState.RUNNING) {
                Thread.sleep(LOOK);
                state =
                        RunLedger.in(tables)
                                .one(run)
                                .map(details -> details.summary().state())
                                .orElse(RunState.RUNNING);
            }
            if (state != RunState.DONE) {
                throw new IllegalStateException("the run is " + state);
            }
            new Rest(running.directory(), tables).await();
        }
    }

    private static boolean told(List<Trial> trials) {
        tell("in the read model", trials, Trial::toReadModel);
        tell("in the next GET", trials, Trial::toAnswer);
        List<Trial> broken = trials.stream().filter(trial -> !trial.holds()).toList();
        broken.forEach(trial -> System.out.println("FAILED " + trial));
        System.out.printf(
                Locale.ROOT,
                "%d of %d lists name the rating as their cause, changed beyond the rated item, and"
                        + " were in the next answer%n",
                trials.size() - broken.size(),
                trials.size());
        return broken.isEmpty();
    }

    private static void tell(String where, List<Trial> trials, Function<Trial, Duration> measured) {
        List<Duration> sorted = trials.stream().map(measured).sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-18s p50 %4d ms   p90 %4d ms   p99 %4d ms   max %4d ms%n",
                where,
                at(sorted, 0.50),
                at(sorted, 0.90),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static long at(List<Duration> sorted, double part) {
        int place = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, place)).toMillis();
    }
}
