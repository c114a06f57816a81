package io.farandole.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Figures as people read them: three digits that matter, or all before the point. */
public final class Figure {

    private Figure() {}

    public static String text(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || size == Math.rint(size) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** The one in the middle; of an even number the lower one. */
    public static double median(List<Double> figures) {
        return at(figures, 0.5);
    }

    /** The figure that the given part of all does not exceed. */
    public static double at(List<Double> figures, double part) {
        List<Double> sorted = figures.stream().sorted().toList();
        int place = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, place));
    }
}
