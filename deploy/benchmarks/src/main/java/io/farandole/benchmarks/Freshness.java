package io.farandole.benchmarks;

import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
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
import io.farandole.local.running.OldClients;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.runs.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * How long it takes from a rating to the list that it changed. Ends with status 1 when a list did
 * not change as it should, or when one in a hundred answers took longer than is promised.
 */
@Command(
        name = "bench freshness",
        description = {
            "Time from a rating that another process publishes to the user's list that it changed,"
                    + " in a platform of its own with the whole data set and a released model; then how"
                    + " fast lists are while the next model is trained."
        },
        footer = {"  farandole bench freshness", "  farandole bench freshness 500 --json"})
public final class Freshness extends Benchmark {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** From a rating to the answer that it changed, for all but one in a hundred. */
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private static final int SHOWN = 10;

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long lists are asked for before a model is trained beside. */
    private static final Duration AT_REST = Duration.ofSeconds(20);

    @Parameters(
            arity = "0..1",
            paramLabel = "RATINGS",
            description = "How many ratings count (default: 200; 500 with --full).")
    private int ratings;

    static void main(String[] arguments) {
        System.exit(new Freshness().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings)
            throws IOException, InterruptedException {
        int count = ratings > 0 ? ratings : extent.pick(5, 200, 500);
        int warmUp = extent.pick(2, 50, 50);
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-fresh-"));
        findings.say("Starting a platform of its own in " + directory);
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
                                "0"),
                        OldClients.AS_SET);
        try {
            background.awaitReady(line -> findings.say("  " + line));
            RunningInstance running = RunningInstance.find(directory.path());
            fill(running, findings);
            release(running, findings);
            FreshnessTrials trials = new FreshnessTrials(running, "model", PAUSE);
            findings.say(
                    String.format(
                            Locale.ROOT,
                            "%d ratings to get warm, then %d, one every %d ms",
                            warmUp,
                            count,
                            PAUSE.toMillis()));
            told(trials.run(warmUp, count), findings);
            new WhileTraining(
                            running, extent.pick(AT_REST.dividedBy(10), AT_REST, AT_REST), findings)
                    .measure();
        } finally {
            background.stop();
            directory.delete();
        }
    }

    private static void fill(RunningInstance running, Findings findings)
            throws InterruptedException {
        Path files = home().resolve("data").resolve("ml-latest-small");
        DataSet dataSet = DataSet.in(files, Clock.systemUTC());
        findings.say(String.format(Locale.ROOT, "Importing %,d events", dataSet.eventCount()));
        try (Importing importing =
                        new Importing(dataSet, running.pubsubAddress(), AllInOne.PROJECT);
                Tables tables = Tables.in(running.directory())) {
            importing.run();
            new Rest(running.directory(), tables).await();
        }
    }

    private static void release(RunningInstance running, Findings findings)
            throws InterruptedException {
        RunId run = AskingForTraining.on(running, List.of());
        findings.say("Training, judging and releasing a model: " + run);
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

    private static void told(List<Trial> trials, Findings findings) {
        tell("in the read model", trials, Trial::toReadModel, findings);
        tell("in the next GET", trials, Trial::toAnswer, findings);
        brokenPromise(trials).ifPresent(findings::flaw);
        List<Trial> broken = trials.stream().filter(trial -> !trial.holds()).toList();
        broken.forEach(trial -> findings.flaw(trial.toString()));
        findings.note("Slowest: " + slowest(trials));
        findings.note(
                String.format(
                        Locale.ROOT,
                        "%d of %d lists name the rating as their cause, changed beyond the rated"
                                + " item, and were in the next answer.",
                        trials.size() - broken.size(),
                        trials.size()));
    }

    /** By their places in the order of sending: whether they were neighbours tells a cause. */
    private static String slowest(List<Trial> trials) {
        return IntStream.range(0, trials.size())
                .boxed()
                .sorted(
                        Comparator.comparing((Integer place) -> trials.get(place).toAnswer())
                                .reversed())
                .limit(SHOWN)
                .map(
                        place ->
                                String.format(
                                        Locale.ROOT,
                                        "no. %d, %,d ms",
                                        place + 1,
                                        trials.get(place).toAnswer().toMillis()))
                .collect(Collectors.joining("; "));
    }

    /** In what way the promise is broken, if it is. */
    static Optional<String> brokenPromise(List<Trial> trials) {
        double p99 = Figure.at(millis(trials, Trial::toAnswer), 0.99);
        return p99 <= PROMISED.toMillis()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "p99 in the next GET is %,.0f ms; at most %,d ms are promised",
                                p99,
                                PROMISED.toMillis()));
    }

    private static List<Double> millis(List<Trial> trials, Function<Trial, Duration> measured) {
        return trials.stream().map(measured).map(took -> took.toNanos() / 1e6).toList();
    }

    private static void tell(
            String where,
            List<Trial> trials,
            Function<Trial, Duration> measured,
            Findings findings) {
        List<Double> millis = millis(trials, measured);
        findings.row(Row.of(where + ", p50", "ms", List.of(Figure.at(millis, 0.50))));
        findings.row(Row.of(where + ", p90", "ms", List.of(Figure.at(millis, 0.90))));
        findings.row(Row.of(where + ", p99", "ms", List.of(Figure.at(millis, 0.99))));
        findings.row(Row.of(where + ", max", "ms", List.of(Figure.at(millis, 1))));
    }
}
