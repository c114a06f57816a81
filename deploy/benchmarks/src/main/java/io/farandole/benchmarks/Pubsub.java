package io.farandole.benchmarks;

import io.farandole.benchmarks.pubsub.Comparison;
import io.farandole.benchmarks.pubsub.EmulatorJar;
import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.local.running.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast pubsub-embedded is, beside Google's emulator in the same run. */
@Command(
        name = "bench pubsub",
        description = {
            "Measure pubsub-embedded by Google's Java client with messages of 300 bytes: the server is"
                    + " in one process, the client in another. Google's emulator is measured in turn"
                    + " with it where its jar is found; it comes with gcloud, and"
                    + " FARANDOLE_PUBSUB_EMULATOR can name it."
        },
        footer = {
            "  farandole bench pubsub",
            "  farandole bench pubsub --full --json",
            "  farandole bench pubsub --profile; jfr view hot-methods target/bench/pubsub.jfr"
        })
public final class Pubsub extends Benchmark {

    @Option(names = "--alone", description = "Ours alone, also where the emulator is found.")
    private boolean alone;

    @Option(
            names = "--profile",
            description =
                    "Ours alone, and Java Flight Recorder writes what its process does to"
                            + " target/bench/pubsub.jfr. It costs speed.")
    private boolean profile;

    static void main(String[] arguments) {
        System.exit(new Pubsub().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings)
            throws IOException, InterruptedException {
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-bench-"));
        try {
            new Comparison(extent, findings, directory.path(), emulator(findings), recording())
                    .measure();
        } finally {
            directory.delete();
        }
    }

    private Optional<Path> emulator(Findings findings) {
        if (alone || profile) {
            return Optional.empty();
        }
        EmulatorJar jar = EmulatorJar.find();
        if (jar.file().isEmpty()) {
            findings.say(jar.missing());
            findings.note(jar.missing());
        }
        return jar.file();
    }

    private Optional<Path> recording() throws IOException {
        if (!profile) {
            return Optional.empty();
        }
        return Optional.of(output().resolve("pubsub.jfr"));
    }
}
