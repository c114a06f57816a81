package io.farandole.benchmarks.training;

import io.farandole.benchmarks.report.Figure;
import io.farandole.benchmarks.report.Findings;
import io.farandole.benchmarks.report.Row;
import io.farandole.recommenders.linear.Alternating;
import io.farandole.recommenders.linear.Fitting;
import io.farandole.recommenders.linear.Ridge;
import io.farandole.recommenders.linear.Signals;
import io.farandole.recommenders.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long families train as interactions grow to four and sixteen times as many. */
final class GrowthTrial {

    private static final double NANOS = 1e9;
    private static final int MEAN = 50;
    private static final Ridge.Steps SILENT = (_, _, _) -> {};

    private final Sizes sizes;
    private final Findings findings;
    private final Path drawing;

    /**
     * @param drawing the file for the plot
     */
    GrowthTrial(Sizes sizes, Findings findings, Path drawing) {
        this.sizes = sizes;
        this.findings = findings;
        this.drawing = drawing;
    }

    void measure() throws IOException {
        Map<String, ModelSpec> families = new LinkedHashMap<>();
        families.put(
                "ials",
                new ModelSpec.Ials(sizes.als().rank(), 0.003, 0.1, sizes.als().iterations()));
        families.put("ease", ModelSpec.Ease.USUAL);
        families.put("graph", ModelSpec.parse("graph:low=0.3"));
        families.put("item-knn", ModelSpec.parse("item-knn"));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        List<Integer> interactions = new ArrayList<>();
        // the first step twice: once to get warm
        fit(families, Signal.of(likes(sizes.growth().getFirst())), new LinkedHashMap<>());
        for (Sizes.Growth step : sizes.growth()) {
            Likes likes = likes(step);
            interactions.add(likes.count());
            Signals signals = Signal.of(likes);
            Map<String, List<Double>> rounds = new LinkedHashMap<>();
            // what takes long varies little
            int times = step.times() == 1 ? 3 : 1;
            for (int round = 0; round < times; round++) {
                fit(families, signals, rounds);
            }
            rounds.forEach(
                    (name, all) -> {
                        seconds.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(Figure.median(all));
                        findings.row(
                                Row.of(
                                        String.format(
                                                Locale.ROOT,
                                                "%s, %d x: %,d interactions, %,d users, %,d items",
                                                name,
                                                step.times(),
                                                likes.count(),
                                                likes.users(),
                                                likes.items()),
                                        "s",
                                        all));
                    });
        }
        GrowthPlot plot = new GrowthPlot(interactions, seconds);
        findings.note(plot.text());
        plot.draw(drawing);
        findings.note("Growth as a plot: " + drawing);
    }

    private static Likes likes(Sizes.Growth step) {
        return Likes.of(step.interactions(), step.items(), MEAN);
    }

    private void fit(
            Map<String, ModelSpec> families, Signals signals, Map<String, List<Double>> rounds) {
        families.forEach(
                (name, spec) -> {
                    long start = System.nanoTime();
                    fit(spec, signals);
                    double took = (System.nanoTime() - start) / NANOS;
                    findings.say(name + ": " + Figure.text(took) + " s");
                    rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(took);
                });
    }

    private static void fit(ModelSpec spec, Signals signals) {
        switch (spec) {
            case ModelSpec.Ials ials -> {
                var _ = new Alternating(signals, ials).items(7, SILENT);
            }
            case ModelSpec.Linear linear -> {
                var _ = Fitting.fit(linear, signals, 7, SILENT);
            }
            default -> throw new IllegalArgumentException(spec.text() + " is not measured");
        }
    }
}
