package io.farandole.benchmarks.training;

import io.farandole.benchmarks.process.Asked;
import io.farandole.benchmarks.process.OtherJvm;
import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.benchmarks.report.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * iALS and Spark's ALS on the same interactions, each in a process of its own, which take turns.
 * Each gets warm by trying settings; what is timed and judged is the one that foretold best.
 */
final class AlsTrial {

    private static final double FASTER = 0.2;
    private static final double SMALLER = 1.0 / 3;

    /** By these 1 GB is told in MB. */
    private static final int TO_MEGABYTES = 20;

    private final Sizes sizes;
    private final Findings findings;
    private final Path directory;
    private final Optional<Spark> spark;

    /** One side while it is open. */
    private static final class Running {

        private final AlsSide side;
        private final Asked process;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> memory = new ArrayList<>();
        private final List<Double> alone = new ArrayList<>();
        private AlsSide.Setting best;
        private double ndcg;

        Running(AlsSide side, Asked process) {
            this.side = side;
            this.process = process;
            this.best = side.settings().getFirst();
        }
    }

    AlsTrial(Sizes sizes, Findings findings, Path directory, Optional<Spark> spark) {
        this.sizes = sizes;
        this.findings = findings;
        this.directory = directory;
        this.spark = spark;
    }

    void measure() throws IOException {
        Likes likes = Likes.of(sizes.als().interactions(), sizes.als().items(), sizes.als().mean());
        Path file = Files.createDirectories(directory).resolve("likes.csv");
        likes.write(file);
        String data = likes.users() + " " + likes.items() + " " + file;
        findings.note(
                String.format(
                        Locale.ROOT,
                        "ALS: %,d interactions of %,d users with %,d items, rank %d, %d iterations,"
                                + " two threads, %s for both sides; NDCG over all users and all"
                                + " items that a user has not met.",
                        likes.count(),
                        likes.users(),
                        likes.items(),
                        sizes.als().rank(),
                        sizes.als().iterations(),
                        String.join(" ", sizes.heap())));
        List<AlsSide> sides = new ArrayList<>();
        sides.add(
                new AlsSide(
                        "iALS",
                        List.of(
                                new AlsSide.Setting(0.003, 0.1, 0),
                                new AlsSide.Setting(0.03, 0.1, 0),
                                new AlsSide.Setting(0.01, 0.03, 0),
                                new AlsSide.Setting(0.03, 0.03, 0)),
                        first ->
                                Asked.of(
                                        "iALS",
                                        OtherJvm.start(sizes.heap(), AlsProgram.class, List.of()),
                                        first)));
        spark.ifPresent(
                one ->
                        sides.add(
                                new AlsSide(
                                        "Spark",
                                        List.of(
                                                new AlsSide.Setting(0.1, 1, 10),
                                                new AlsSide.Setting(0.1, 10, 10),
                                                new AlsSide.Setting(0.1, 10, 2),
                                                new AlsSide.Setting(0.3, 10, 2)),
                                        first -> one.start(sizes.heap(), first))));
        List<Running> running = new ArrayList<>();
        try {
            for (AlsSide side : sides) {
                running.add(new Running(side, side.open(data)));
            }
            for (Running one : running) {
                choose(one, likes);
            }
            for (int round = 0; round < sizes.rounds(); round++) {
                for (Running one : running) {
                    double seconds = AlsSide.time(one.process, sizes.als(), one.best);
                    findings.say(one.side.name() + ": " + Figure.text(seconds) + " s");
                    one.seconds.add(seconds);
                }
            }
        } finally {
            for (Running one : running) {
                one.process.close();
            }
        }
        for (Running one : running) {
            AlsSide.Once once = one.side.once(data, sizes.als(), one.best);
            one.alone.add(once.seconds());
            OptionalLong peak = once.peakMemory();
            if (peak.isPresent()) {
                one.memory.add((double) (peak.getAsLong() >> TO_MEGABYTES));
            }
        }
        tell(running.getFirst(), running.size() == 1 ? null : running.getLast());
    }

    private void choose(Running one, Likes likes) throws IOException {
        one.ndcg = -1;
        for (AlsSide.Setting setting : one.side.settings()) {
            double ndcg = AlsSide.find(one.process, sizes.als(), setting, directory).ndcg(likes);
            findings.say(
                    String.format(
                            Locale.ROOT, "%s, %s: NDCG@20 %.4f", one.side.name(), setting, ndcg));
            if (ndcg > one.ndcg) {
                one.ndcg = ndcg;
                one.best = setting;
            }
        }
        findings.note(one.side.name() + ": " + one.best + " foretold best of what was tried.");
    }

    private void tell(Running ours, @Nullable Running theirs) {
        row(
                "ALS, warm",
                "s",
                ours.seconds,
                theirs == null ? List.of() : theirs.seconds,
                Target.atMostOfOther(FASTER));
        row(
                "  NDCG@20",
                "",
                List.of(ours.ndcg),
                theirs == null ? List.of() : List.of(theirs.ndcg),
                Target.atLeastOfOther(1));
        row(
                "  one training in a new process",
                "s",
                ours.alone,
                theirs == null ? List.of() : theirs.alone,
                null);
        if (ours.memory.isEmpty()) {
            findings.note("Peak memory is told on Linux only.");
        } else {
            row(
                    "  its peak memory (RSS)",
                    "MB",
                    ours.memory,
                    theirs == null ? List.of() : theirs.memory,
                    Target.atMostOfOther(SMALLER));
        }
    }

    private void row(
            String what,
            String unit,
            List<Double> here,
            List<Double> there,
            @Nullable Target target) {
        findings.row(Row.of(what, unit, here, there, there.isEmpty() ? null : target));
    }
}
