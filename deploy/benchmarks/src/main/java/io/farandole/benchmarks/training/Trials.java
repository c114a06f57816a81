package io.farandole.benchmarks.training;

import io.farandole.benchmarks.report.Extent;
import io.farandole.benchmarks.report.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The parts, one after the other. */
public final class Trials {

    private static final String NAME = "Spark";

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;
    private final Path drawing;

    /**
     * @param directory for what is needed only while it runs
     * @param drawing the file for the plot of growth
     */
    public Trials(Extent extent, Findings findings, Path directory, Path drawing) {
        this.sizes = Sizes.of(extent);
        this.findings = findings;
        this.directory = directory;
        this.drawing = drawing;
    }

    /**
     * @param spark where Spark's side is built, if it is to be measured
     */
    public void measure(Set<Part> parts, Optional<Path> spark) throws IOException {
        if (parts.contains(Part.ALS)) {
            Optional<Spark> other = spark.flatMap(this::spark);
            if (other.isPresent()) {
                findings.beside(NAME);
            }
            new AlsTrial(sizes, findings, directory, other).measure();
        }
        if (parts.contains(Part.EASE)) {
            new EaseTrial(sizes, findings).measure();
        }
        if (parts.contains(Part.SCORING)) {
            new ScoringTrial(sizes, findings).measure();
        }
        if (parts.contains(Part.GROWTH)) {
            new GrowthTrial(sizes, findings, drawing).measure();
        }
    }

    private Optional<Spark> spark(Path built) {
        Optional<OlderJdk> jdk = OlderJdk.find();
        if (jdk.isEmpty()) {
            String missing = "SPARK WAS NOT RUN: " + OlderJdk.wanted() + ".";
            findings.say(missing);
            findings.note(missing);
            return Optional.empty();
        }
        findings.note("Spark runs on " + jdk.get().home() + ".");
        try {
            return Optional.of(
                    new Spark(
                            jdk.get(),
                            built.toAbsolutePath(),
                            Files.createTempDirectory(directory, "spark-")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
