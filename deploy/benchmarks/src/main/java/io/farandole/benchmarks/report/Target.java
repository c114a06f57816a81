package io.farandole.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param bound at least, or at most, this
 * @param ofOther and at most, or at least, this part of what the other one has; 0 for none
 */
public record Target(double bound, boolean atLeast, double ofOther) {

    public static Target atLeast(double bound) {
        return new Target(bound, true, 0);
    }

    public static Target atMost(double bound) {
        return new Target(bound, false, 0);
    }

    /** At least this part of what the other one has. */
    public static Target atLeastOfOther(double part) {
        return new Target(0, true, part);
    }

    /** At most this part of what the other one has. */
    public static Target atMostOfOther(double part) {
        return new Target(Double.POSITIVE_INFINITY, false, part);
    }

    public Target andOfOther(double part) {
        return new Target(bound, atLeast, part);
    }

    /** Null where that hangs on the other one, who was not measured. */
    @Nullable Boolean reached(double value, @Nullable Double other) {
        if (!(atLeast ? value >= bound : value <= bound)) {
            return false;
        }
        if (ofOther == 0) {
            return true;
        }
        if (other == null) {
            return null;
        }
        return atLeast ? value >= other * ofOther : value <= other * ofOther;
    }

    String text(String unit) {
        String sign = atLeast ? "≥ " : "≤ ";
        String part = sign + Figure.text(ofOther) + " × the other's";
        if ((bound == 0 || Double.isInfinite(bound)) && ofOther != 0) {
            return part;
        }
        return sign + Figure.text(bound) + " " + unit + (ofOther == 0 ? "" : ", " + part);
    }
}
