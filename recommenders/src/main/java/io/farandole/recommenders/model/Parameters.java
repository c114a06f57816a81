package io.farandole.recommenders.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text of a specification, taken apart: {@code family:name=value,name=value}. */
final class Parameters {

    static final String NONE = "none";

    private final String text;
    private final String family;
    private final Map<String, String> left = new TreeMap<>();

    private Parameters(String text) {
        this.text = text;
        int colon = text.indexOf(':');
        this.family = (colon < 0 ? text : text.substring(0, colon)).strip();
        if (colon >= 0) {
            for (String pair : text.substring(colon + 1).split(",", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException(
                            "'" + pair + "' in '" + text + "' is not name=value");
                }
                String name = pair.substring(0, equals).strip();
                if (left.put(name, pair.substring(equals + 1).strip()) != null) {
                    throw new IllegalArgumentException("'" + text + "' says " + name + " twice");
                }
            }
        }
    }

    static Parameters parse(String text) {
        return new Parameters(text);
    }

    String family() {
        return family;
    }

    double number(String name, double usual) {
        String value = left.remove(name);
        if (value == null) {
            return usual;
        }
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw refused(name, value, "no number");
    }

    int count(String name, int usual) {
        String value = left.remove(name);
        if (value == null) {
            return usual;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw refused(name, value, "no whole number");
        }
    }

    /** Days such as {@code 730d}, hours such as {@code 36h}, or {@code none}. */
    @Nullable Duration duration(String name, @Nullable Duration usual) {
        String value = left.remove(name);
        if (value == null) {
            return usual;
        }
        if (value.equals(NONE)) {
            return null;
        }
        try {
            long number = Long.parseLong(value.substring(0, Math.max(0, value.length() - 1)));
            if (value.endsWith("d")) {
                return Duration.ofDays(number);
            }
            if (value.endsWith("h")) {
                return Duration.ofHours(number);
            }
        } catch (NumberFormatException | ArithmeticException _) {
            // Said below.
        }
        throw refused(name, value, "no number of days or hours, such as 730d, nor " + NONE);
    }

    void refuseTheRest() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    family + " has no parameter " + String.join(", ", left.keySet()));
        }
    }

    static void check(String name, Number value, boolean holds, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + " is not " + range);
        }
    }

    /** A family's name and those of its parameters that are not as usual. */
    static final class Text {

        private final StringBuilder text;
        private char before = ':';

        Text(String family) {
            text = new StringBuilder(family);
        }

        Text always(String name, double value) {
            text.append(before).append(name).append('=').append(Parameters.text(value));
            before = ',';
            return this;
        }

        Text unlessUsual(String name, double value, double usual) {
            return value == usual ? this : always(name, value);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** 200 rather than 200.0. */
    static String text(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    static String text(@Nullable Duration duration) {
        if (duration == null) {
            return NONE;
        }
        return duration.toHours() % 24 == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
    }

    private IllegalArgumentException refused(String name, String value, String reason) {
        return new IllegalArgumentException(name + "=" + value + " in '" + text + "' is " + reason);
    }
}
