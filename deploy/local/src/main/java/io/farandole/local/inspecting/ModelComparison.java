package io.farandole.local.inspecting;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two models side by side, as they were measured.
 *
 * @param sameDataset whether they were asked the same questions
 */
public record ModelComparison(
        ModelLine one, ModelLine other, boolean sameDataset, List<Line> metrics) {

    /** A metric of both; null where one of them lacks it. */
    public record Line(String metric, @Nullable Figure one, @Nullable Figure other) {}

    /** A mean with the ends of its 95 % interval, if it has one. */
    public record Figure(double mean, @Nullable Double low, @Nullable Double high) {

        String text() {
            return low == null || high == null
                    ? String.format(Locale.ROOT, "%.4f", mean)
                    : String.format(Locale.ROOT, "%.4f (%.4f to %.4f)", mean, low, high);
        }
    }

    /**
     * @throws Failure if what was measured of one of them cannot be read
     */
    public static ModelComparison of(ModelReport one, ModelReport other) {
        Map<String, Figure> left = figures(one);
        Map<String, Figure> right = figures(other);
        List<Line> lines = new ArrayList<>();
        left.forEach((metric, figure) -> lines.add(new Line(metric, figure, right.get(metric))));
        right.forEach(
                (metric, figure) -> {
                    if (!left.containsKey(metric)) {
                        lines.add(new Line(metric, null, figure));
                    }
                });
        String dataset = one.lineage().dataset();
        return new ModelComparison(
                one.model(),
                other.model(),
                dataset != null && Objects.equals(dataset, other.lineage().dataset()),
                List.copyOf(lines));
    }

    public void say(Console console) {
        Table table = new Table("measured", one.name(), other.name());
        table.row("state", ModelLedger.state(one), ModelLedger.state(other));
        table.row("spec", one.spec(), other.spec());
        for (Line line : metrics) {
            table.row(line.metric(), text(line.one()), text(line.other()));
        }
        console.say(table);
        console.say(
                sameDataset
                        ? "Both were measured on the same data set."
                        : "They were measured on different data sets: the questions were others.");
    }

    private static String text(@Nullable Figure figure) {
        return figure == null ? RunLedger.NOTHING : figure.text();
    }

    private static Map<String, Figure> figures(ModelReport report) {
        JsonNode measured = report.measured();
        if (measured == null) {
            throw new Failure(
                    ExitCode.FAILED,
                    "What was measured of "
                            + report.model().name()
                            + " is not there: it was not evaluated, or its metrics cannot be read."
                            + " See: farandole runs show "
                            + report.model().run());
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (JsonNode metric : measured.path("model").path("metrics")) {
            JsonNode interval = metric.path("interval");
            if (interval.path("mean").isNumber()) {
                figures.put(
                        metric.path("metric").asString("") + "@" + metric.path("k").asInt(0),
                        new Figure(
                                interval.path("mean").asDouble(),
                                number(interval.path("low")),
                                number(interval.path("high"))));
            }
        }
        for (JsonNode coverage : measured.path("model").path("coverage")) {
            if (coverage.path("part").isNumber()) {
                figures.put(
                        "coverage@" + coverage.path("k").asInt(0),
                        new Figure(coverage.path("part").asDouble(), null, null));
            }
        }
        return figures;
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }
}
