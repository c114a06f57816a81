package io.farandole.benchmarks;

import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.training.Part;
import io.farandole.benchmarks.training.Trials;
import io.farandole.local.running.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What training costs: beside Spark's ALS and beside LAPACK in the same run, and as it grows. */
@Command(
        name = "bench training",
        description = {
            "iALS beside Spark MLlib's ALS on the same interactions: seconds, NDCG@20, memory; EASE"
                    + " beside the bare inversion of a matrix of its size; lists by factors beside the bare"
                    + " product of the matrices; and how long families"
                    + " train as interactions grow to sixteen times as many, as a table and a plot."
        },
        footer = {
            "  farandole bench training",
            "  farandole bench training --alone --only ease,growth",
            "  farandole bench training --only als --full --json"
        })
public final class Training extends Benchmark {

    /**
     * Names the directory where ./farandole built Spark's side; it does unless it is not wanted.
     */
    private static final String SPARK = "farandole.benchmarks.spark";

    @Option(names = "--alone", description = "Ours alone; Spark is then neither fetched nor built.")
    private boolean alone;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Part> only = List.of();

    static void main(String[] arguments) {
        System.exit(new Training().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings) throws IOException {
        Set<Part> parts = only.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-bench-"));
        try {
            new Trials(extent, findings, directory.path(), output().resolve("training.svg"))
                    .measure(parts, spark(parts, findings));
        } finally {
            directory.delete();
        }
    }

    private Optional<Path> spark(Set<Part> parts, Findings findings) {
        if (alone || !parts.contains(Part.ALS)) {
            return Optional.empty();
        }
        Optional<Path> built = Optional.ofNullable(System.getProperty(SPARK)).map(Path::of);
        if (built.isEmpty()) {
            String missing =
                    "SPARK WAS NOT RUN: it could not be fetched or built; why is said above. Where"
                            + " that is right, --alone says so.";
            findings.say(missing);
            findings.note(missing);
        }
        return built;
    }
}
