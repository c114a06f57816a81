package io.farandole.local.command;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Progress;
import io.farandole.local.importing.Importing;
import io.farandole.local.importing.NotAcknowledged;
import io.farandole.local.movielens.DataSet;
import io.farandole.local.movielens.UnreadableDataSet;
import io.farandole.local.running.AllInOne;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a data set to a running installation. */
@Command(
        name = "import",
        description = {
            "Publish MovieLens files (movies.csv, ratings.csv) as events to what is running.",
            "A line that is not valid is refused with file, line and reason; the others are"
                    + " published. Importing twice changes nothing: every event is recognised."
        },
        exitCodeList = {
            "0:all lines were published and acknowledged",
            "1:nothing could be read, or Pub/Sub did not acknowledge",
            "4:nothing is running",
            "6:some lines were refused, all others were published"
        },
        footer = {"  farandole import", "  farandole import ~/ml-latest --json"})
final class ImportCommand extends Subcommand {

    private static final int MOST_SHOWN = 20;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = DataSets.USUAL,
            description = "The data set's directory (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".");

    @Option(
            names = "--first",
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Publish all movies, but only the N earliest ratings.")
    private int first = Integer.MAX_VALUE;

    @Override
    ExitCode run() {
        Console console = shared().console();
        var running = shared().running();
        DataSet dataSet = read();
        try (Importing importing =
                new Importing(dataSet, running.pubsubAddress(), AllInOne.PROJECT)) {
            long start = System.nanoTime();
            try (Progress _ =
                    console.progress(
                            elapsed ->
                                    String.format(
                                            Locale.ROOT,
                                            "%,d of %,d events acknowledged, %,d/s",
                                            importing.acknowledged(),
                                            dataSet.eventCount(),
                                            importing.acknowledged()
                                                    * 1000
                                                    / Math.max(1, elapsed.toMillis())))) {
                importing.run();
            } catch (NotAcknowledged e) {
                throw new Failure(
                        ExitCode.FAILED,
                        e.getMessage() + " Import again when it runs: what arrived is recognised.",
                        e);
            }
            report(console, dataSet, importing.acknowledged(), (System.nanoTime() - start) / 1e9);
        }
        return dataSet.refused().isEmpty() ? ExitCode.OK : ExitCode.PARTLY_REFUSED;
    }

    private DataSet read() {
        try {
            return DataSet.in(directory, Clock.systemUTC()).first(first);
        } catch (UnreadableDataSet e) {
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static void report(
            Console console, DataSet dataSet, long acknowledged, double seconds) {
        console.say(
                String.format(
                        Locale.ROOT,
                        "Published %,d events: %,d movies, %,d users, %,d ratings.",
                        acknowledged,
                        dataSet.movieCount(),
                        dataSet.userCount(),
                        dataSet.ratingCount()));
        if (!dataSet.refused().isEmpty()) {
            console.say("Refused " + dataSet.refused().size() + " lines:");
            dataSet.refused().stream().limit(MOST_SHOWN).forEach(line -> console.say("  " + line));
            if (dataSet.refused().size() > MOST_SHOWN) {
                console.say("  … all of them with --json");
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("published", acknowledged);
        document.put("movies", dataSet.movieCount());
        document.put("users", dataSet.userCount());
        document.put("ratings", dataSet.ratingCount());
        document.put("seconds", seconds);
        document.put("refused", dataSet.refused());
        console.result(document);
    }
}
