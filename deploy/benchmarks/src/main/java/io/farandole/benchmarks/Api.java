package io.farandole.benchmarks;

import io.farandole.benchmarks.api.Measuring;
import io.farandole.benchmarks.api.Part;
import io.farandole.benchmarks.report.Benchmark;
import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import io.farandole.local.running.DataDirectory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many lists the API gives, how fast, how fresh, and what that takes. */
@Command(
        name = "bench api",
        description = {
            "The API in a process of its own, asked by another one over 64 connections: 50,000 offers,"
                    + " 20,000 users and 200 zones of the culture that is made up. Beside it, in the"
                    + " same process and run, a bare endpoint with one select of one row.",
            "Beside these its parts: rate (impressions land in the outbox), consumers (they are"
                    + " published and heard), latency (500 requests a second), changes (and 500"
                    + " events a second), freshness (from an event to the list, stage by stage),"
                    + " streams (5,000 open ones), memory (lasting load), growth (with the number"
                    + " of offers)."
        },
        footer = {
            "  farandole bench api",
            "  farandole bench api --only rate,latency",
            "  farandole bench api --profile; jfr view hot-methods target/bench/api.jfr"
        })
public final class Api extends Benchmark {

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
                    "The rate alone, and Java Flight Recorder writes what the API's process does to"
                            + " target/bench/api.jfr; where the time goes is a table. It costs speed.")
    private boolean profile;

    static void main(String[] arguments) {
        System.exit(new Api().line().execute(arguments));
    }

    @Override
    protected void measure(Extent extent, Findings findings) throws Exception {
        DataDirectory directory = new DataDirectory(Files.createTempDirectory("farandole-bench-"));
        try {
            new Measuring(extent, findings, directory.path())
                    .measure(
                            parts(),
                            profile ? Optional.of(output().resolve("api.jfr")) : Optional.empty());
        } finally {
            directory.delete();
        }
    }

    private Set<Part> parts() {
        if (profile) {
            return EnumSet.of(Part.RATE);
        }
        return only.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
    }
}
