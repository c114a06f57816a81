package io.farandole.benchmarks.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Seconds over interactions, both in powers: how steep a line is, is the exponent.
 *
 * @param interactions of each step
 * @param seconds of each family, step by step
 */
record GrowthPlot(List<Integer> interactions, Map<String, List<Double>> seconds) {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 60;
    private static final List<String> COLOURS = List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd");

    /** The exponents between the first step and the last, in a line. */
    String text() {
        StringBuilder line = new StringBuilder("Seconds grow as interactions to the power of ");
        String separator = "";
        for (Map.Entry<String, List<Double>> family : seconds.entrySet()) {
            line.append(separator)
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.2f (%s)",
                                    exponent(family.getValue()),
                                    family.getKey()));
            separator = ", ";
        }
        return line.append("; items grow as their square root.").toString();
    }

    double exponent(List<Double> of) {
        return Math.log(of.getLast() / of.getFirst())
                / Math.log((double) interactions.getLast() / interactions.getFirst());
    }

    /** Writes it as SVG. */
    void draw(Path file) throws IOException {
        double least = all().min().orElse(1);
        double most = Math.max(all().max().orElse(1), least * 10);
        StringBuilder svg = new StringBuilder();
        svg.append(
                        String.format(
                                Locale.ROOT,
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                        + " font-family=\"sans-serif\" font-size=\"12\">",
                                WIDTH,
                                HEIGHT))
                .append('\n');
        svg.append(
                        String.format(
                                Locale.ROOT,
                                "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>",
                                WIDTH,
                                HEIGHT))
                .append('\n');
        for (int count : interactions) {
            svg.append(
                            String.format(
                                    Locale.ROOT,
                                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
                                    x(count),
                                    HEIGHT - MARGIN / 2,
                                    count))
                    .append('\n');
        }
        for (double tick = power(least); tick <= most; tick *= 10) {
            if (tick >= least) {
                svg.append(
                                String.format(
                                        Locale.ROOT,
                                        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s s</text>"
                                                + "<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>",
                                        MARGIN - 6,
                                        y(tick, least, most) + 4,
                                        Double.toString(tick),
                                        MARGIN,
                                        y(tick, least, most),
                                        WIDTH - MARGIN))
                        .append('\n');
            }
        }
        int family = 0;
        for (Map.Entry<String, List<Double>> one : seconds.entrySet()) {
            String colour = COLOURS.get(family % COLOURS.size());
            StringBuilder path = new StringBuilder();
            for (int step = 0; step < interactions.size(); step++) {
                path.append(step == 0 ? "M" : "L")
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f %.1f",
                                        x(interactions.get(step)),
                                        y(one.getValue().get(step), least, most)));
            }
            svg.append(
                            String.format(
                                    Locale.ROOT,
                                    "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                                            + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                                    path,
                                    colour,
                                    MARGIN + 10,
                                    MARGIN / 2 + 16 * family,
                                    colour,
                                    one.getKey()))
                    .append('\n');
            family++;
        }
        Files.writeString(file, svg.append("</svg>\n").toString());
    }

    private DoubleStream all() {
        return seconds.values().stream().flatMap(List::stream).mapToDouble(Double::doubleValue);
    }

    private double x(double count) {
        return place(
                count, interactions.getFirst(), interactions.getLast(), MARGIN, WIDTH - MARGIN);
    }

    private static double y(double value, double least, double most) {
        return place(value, least, most, HEIGHT - MARGIN, MARGIN);
    }

    private static double place(double value, double least, double most, int from, int to) {
        return from + (to - from) * Math.log(value / least) / Math.log(most / least);
    }

    private static double power(double least) {
        return Math.pow(10, Math.floor(Math.log10(least)));
    }
}
