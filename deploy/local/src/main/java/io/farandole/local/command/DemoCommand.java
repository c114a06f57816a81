package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.asking.ListTable;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.console.Table;
import io.farandole.local.culture.Culture;
import io.farandole.local.culture.Scale;
import io.farandole.local.demo.Check;
import io.farandole.local.demo.CultureScenario;
import io.farandole.local.demo.DemoReport;
import io.farandole.local.demo.Demonstration;
import io.farandole.local.demo.MovieLensScenario;
import io.farandole.local.demo.Scenario;
import io.farandole.local.inspecting.RunReport;
import io.farandole.local.movielens.DataSet;
import io.farandole.local.movielens.UnreadableDataSet;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.Leftovers;
import io.farandole.local.running.Ports;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The main job, from files to served lists, on a directory of its own. */
@Command(
        name = "demo",
        description = {
            "Start everything, stream a real data set through it as events, and serve the lists.",
            "Uses a fresh directory under .farandole/ in the current directory, or under --data."
                    + " It is deleted at the end, or kept if a step did not happen."
        },
        exitCodeList = {
            "0:every step really happened",
            "1:one did not; the output says which",
            "5:a port is in use"
        },
        footer = {
            "  farandole demo                     stays up until Ctrl-C",
            "  farandole demo --exit --json       ends after the report",
            "  farandole demo --first 5000        a quick one",
            "  farandole demo --scenario culture  sessions, prices, ages and places, made up"
        })
final class DemoCommand extends Subcommand {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin private final PortOptions ports = new PortOptions();

    @Mixin private final JournalOptions journal = new JournalOptions();

    @Mixin private final OldTokenOptions oldToken = new OldTokenOptions();

    @Option(names = "--exit", description = "End after the report instead of staying up.")
    private boolean exit;

    @Option(
            names = "--data-set",
            paramLabel = "DIR",
            defaultValue = DataSets.USUAL,
            description = "A MovieLens data set (default: the one that comes with the project).")
    private Path dataSet = Path.of(".");

    @Option(
            names = "--first",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Only the N earliest ratings, with all movies.")
    private int first = Integer.MAX_VALUE;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "movielens",
            description =
                    "movielens: real ratings; culture: offers, sessions and people that are made up"
                            + " (default: ${DEFAULT-VALUE}).")
    private String scenario = "movielens";

    @Option(
            names = "--scale",
            paramLabel = "offers=N,users=N",
            description = "How large the culture is (default: offers=5000,users=2000).")
    private String scale = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the culture: the same seed and day make the same (default: 1).")
    private long seed = 1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean interrupted;

    @Override
    ExitCode run() throws Exception {
        Instant start = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        Console console = shared().console();
        Scenario input = read();
        Ports free = ports.ports().checked();
        DataDirectory directory = DataDirectory.fresh(shared().parent());
        Logging.toFile(directory.logFile());
        new Leftovers(shared().parent(), console::say).clear();
        input.prepare(directory);
        console.say("Farandole's demonstration, in " + directory + ", deleted at the end");
        AllInOne all =
                new AllInOne(
                        directory,
                        free,
                        journal.bounds(),
                        oldToken.clients(),
                        line -> console.say("  " + line));
        Thread self = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> interrupt(all, self), "farandole-end"));
        boolean failed = true;
        try {
            failed = !demonstrate(console, input, all, start);
            return failed ? ExitCode.FAILED : ExitCode.OK;
        } catch (Exception e) {
            failed = !interrupted;
            if (failed) {
                throw e;
            }
            return ExitCode.FAILED;
        } finally {
            end(console, all, failed);
        }
    }

    private boolean demonstrate(Console console, Scenario input, AllInOne all, Instant start)
            throws InterruptedException {
        console.say("Starting everything in one process");
        all.start();
        DemoReport report = demonstrated(console, input, all, start);
        tell(console, report, all);
        console.result(new DemoDocument(report, all.steps(), all.ports()));
        if (!exit) {
            console.say("It stays up until Ctrl-C.");
            all.awaitEnd();
        }
        return report.happened();
    }

    private static DemoReport demonstrated(
            Console console, Scenario input, AllInOne all, Instant start)
            throws InterruptedException {
        try (Demonstration demonstration = new Demonstration(console, input, all, start)) {
            return demonstration.run();
        }
    }

    /** The one place where the directory is deleted. */
    private void end(Console console, AllInOne all, boolean failed) {
        try {
            if (failed) {
                all.failed("The demonstration failed.");
            }
            all.close();
            if (failed) {
                console.say("The directory is kept, for what its logs tell: " + all.directory());
            } else {
                all.directory().delete();
            }
        } finally {
            ended.countDown();
        }
    }

    /** What Ctrl-C does: the thread that demonstrates finds all closed, and ends by itself. */
    private void interrupt(AllInOne all, Thread demonstrating) {
        interrupted = true;
        all.close();
        demonstrating.interrupt();
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                shared().console()
                        .say("Not deleted in time; the next demo does: " + all.directory());
            }
        } catch (InterruptedException _) {
            // Nobody does that to a shutdown hook.
        }
    }

    private Scenario read() {
        if (!scenario.equals("movielens") && !scenario.equals("culture")) {
            throw wrong("--scenario is movielens or culture, not '" + scenario + "'.");
        }
        if (scenario.equals("culture")) {
            return new CultureScenario(culture());
        }
        if (!scale.isEmpty()) {
            throw wrong("--scale is for --scenario culture.");
        }
        try {
            return new MovieLensScenario(DataSet.in(dataSet, Clock.systemUTC()).first(first));
        } catch (UnreadableDataSet e) {
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private Culture culture() {
        try {
            return Culture.of(
                    seed,
                    scale.isEmpty() ? Scale.USUAL : Scale.parse(scale),
                    LocalDate.now(ZoneId.of("Europe/Paris")));
        } catch (IllegalArgumentException e) {
            throw wrong("--scale: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(shared().command().commandLine(), message);
    }

    private static void tell(Console console, DemoReport report, AllInOne all) {
        console.say("");
        console.say("What became of every event");
        report.books().say(console);
        console.say("");
        console.say("What the read models hold, counted in their own tables");
        console.say(
                new Table("read model", "rows")
                        .row("catalogue.items", report.readModels().catalogueItems())
                        .row("profile.items", report.readModels().profileItems())
                        .row("profile.users", report.readModels().profileUsers())
                        .row("popularity.scores, ratings", report.readModels().popularityRatings())
                        .row("personalisation.lists", report.readModels().lists()));
        console.say("");
        console.say("The model's life");
        new RunReport(report.model()).say(console);
        console.say("");
        ListTable list = new ListTable(report.list());
        console.say(list.headline());
        console.say(list.table());
        console.say("");
        tellTimes(console, report, all);
        console.say("");
        new TryIt(report, all.ports()).say(console);
        console.say("");
        for (Check check : report.checks()) {
            console.say(
                    (check.holds() ? "  ok      " : "  FAILED  ")
                            + check.what()
                            + ": "
                            + check.found());
        }
        console.say(report.happened() ? "Every step happened." : "Not every step happened.");
    }

    private static void tellTimes(Console console, DemoReport report, AllInOne all) {
        console.say("Where the time went");
        Table times = new Table("what", "seconds", "began after");
        all.steps()
                .forEach(
                        step ->
                                times.row(
                                        "start " + step.name(),
                                        step.took().toMillis() / 1000.0,
                                        step.after().toMillis() / 1000.0));
        report.phases().forEach((name, took) -> times.row(name, took.toMillis() / 1000.0, ""));
        console.say(times);
        report.firstList()
                .ifPresent(
                        after ->
                                console.say(
                                        "  The first list was served "
                                                + Progress.seconds(after)
                                                + " after the start."));
    }
}
