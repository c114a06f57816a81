package io.farandole.benchmarks;

import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.streams.Comparison;
import io.farandole.benchmarks.streams.Part;
import io.farandole.local.running.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast processors count, beside Kafka Streams in the same run. */
@Command(
        name = "bench streams",
        description = {
            "The same keyed count in windows, effectively once: in Farandole, with its broker and"
                    + " its Postgres, and in Kafka Streams with exactly_once_v2 and a KRaft broker."
                    + " All rows of both are compared with an independent count."
        },
        footer = {
            "  farandole bench streams",
            "  farandole bench streams --alone --json",
            "  farandole bench streams --only latency,recovery",
            "  farandole bench streams --profile; jfr view hot-methods target/bench/streams.jfr"
        })
public final class Streams extends Benchmark {

    /**
     * Names the directory where ./farandole built Kafka's side; it does unless it is not wanted.
     */
    private static final String KAFKA = "farandole.benchmarks.kafka";

    @Option(names = "--alone", description = "Ours alone; Kafka is then neither fetched nor built.")
    private boolean alone;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description =
                    "Only these parts, with commas between them: ${COMPLETION-CANDIDATES}. The file"
                            + " has their rows alone.")
    private List<Part> only = new ArrayList<>();

    @Option(
            names = "--profile",
            description =
                    "Ours alone, drained and rebuilt only, and Java Flight Recorder writes what its JVM does to"
                            + " target/bench/streams.jfr, with outputs to streams-output.jfr, of the"
                            + " rebuild to streams-rebuild.jfr. It costs speed.")
    private boolean profile;

    static void main(String[] arguments) {
        System.exit(new Streams().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings) throws IOException {
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-bench-"));
        try {
            new Comparison(
                            extent,
                            findings,
                            directory.path(),
                            kafka(findings),
                            only.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only),
                            profile ? Optional.of(output()) : Optional.empty())
                    .measure();
        } finally {
            directory.delete();
        }
    }

    private Optional<Path> kafka(Findings findings) {
        if (alone || profile) {
            return Optional.empty();
        }
        Optional<Path> built = Optional.ofNullable(System.getProperty(KAFKA)).map(Path::of);
        if (built.isEmpty()) {
            String missing =
                    "KAFKA STREAMS WAS NOT RUN: it could not be fetched or built; why is said"
                            + " above. Where that is right, --alone says so.";
            findings.say(missing);
            findings.note(missing);
        }
        return built;
    }
}
