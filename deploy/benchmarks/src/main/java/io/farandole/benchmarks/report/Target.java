package io.farandole.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param bound at least, or at most, this
 * @param ofOther and at most this part of what the other one needs, if that is known; 0 for none
 */
public record Target(double bound, boolean atLeast, double ofOther) {

    public static Target atLeast(double bound) {
        return new Target(bound, true, 0);
    }

    public static Target atMost(double bound) {
        return new Target(bound, false, 0);
    }

    public Target andOfOther(double part) {
        return new Target(bound, atLeast, part);
    }

    boolean reached(double value, @Nullable Double other) {
        boolean within = atLeast ? value >= bound : value <= bound;
        return within && (ofOther == 0 || other == null || value <= other * ofOther);
    }

    String text(String unit) {
        return (atLeast ? "≥ " : "≤ ")
                + Figure.text(bound)
                + " "
                + unit
                + (ofOther == 0 ? "" : ", ≤ " + Figure.text(ofOther) + " × the other's");
    }
}
