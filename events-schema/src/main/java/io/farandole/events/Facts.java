package io.farandole.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values in an event must be, whoever says it; each check names the component that it is
 * about.
 */
final class Facts {

    static final double FEWEST_STARS = 0.5;
    static final double MOST_STARS = 5;

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_CATEGORY = 100;
    private static final int MOST_CATEGORIES = 50;
    private static final int OLDEST = 150;

    private Facts() {}

    static void stars(double value) {
        // Written so that NaN is outside too.
        if (!(value >= FEWEST_STARS && value <= MOST_STARS)) {
            throw new InvalidFact(
                    "value",
                    "is " + value + ", not between " + FEWEST_STARS + " and " + MOST_STARS);
        }
    }

    static void cents(String component, int cents) {
        if (cents < 0) {
            throw new InvalidFact(component, "is " + cents + ", less than 0");
        }
    }

    static void quantity(int quantity) {
        if (quantity < 1) {
            throw new InvalidFact("quantity", "is " + quantity + ", less than 1");
        }
    }

    static void stock(@Nullable Integer stock) {
        if (stock != null && stock < 0) {
            throw new InvalidFact("stock", "is " + stock + ", less than 0");
        }
    }

    static void share(@Nullable Integer percent) {
        if (percent != null && (percent < 1 || percent > 99)) {
            throw new InvalidFact("share", "is " + percent + ", not from 1 to 99 percent");
        }
    }

    static void count(String component, int count) {
        if (count < 0) {
            throw new InvalidFact(component, "is " + count + ", less than 0");
        }
    }

    static void candidate(int candidate, int candidates) {
        if (candidate < 1 || candidate > candidates) {
            throw new InvalidFact(
                    "candidate", "is " + candidate + ", not between 1 and " + candidates);
        }
    }

    static void finite(String component, @Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw new InvalidFact(component, "is " + value + ", not a finite number");
        }
    }

    static void version(int version) {
        if (version < 1) {
            throw new InvalidFact("version", "is " + version + ", less than 1");
        }
    }

    static void date(String component, @Nullable LocalDate date) {
        if (date != null && !Rfc3339.canWrite(date)) {
            throw new InvalidFact(component, "is not within the years 1 to 9999");
        }
    }

    static void instant(String component, @Nullable Instant instant) {
        if (instant != null && !Rfc3339.canWrite(instant)) {
            throw new InvalidFact(component, "is not within the years 1 to 9999");
        }
    }

    static void age(String component, @Nullable Integer years) {
        if (years != null && (years < 0 || years > OLDEST)) {
            throw new InvalidFact(component, "is " + years + ", not between 0 and " + OLDEST);
        }
    }

    /** The one kind of something, by a name. */
    static void kind(String component, @Nullable String name) {
        if (name != null) {
            text(component, name, LONGEST_CATEGORY);
        }
    }

    /** Degrees (WGS 84), both or none. */
    static void position(@Nullable Double latitude, @Nullable Double longitude) {
        degrees("latitude", latitude, 90);
        degrees("longitude", longitude, 180);
        if (latitude == null && longitude != null) {
            throw new InvalidFact("longitude", "is said without the latitude");
        }
        if (longitude == null && latitude != null) {
            throw new InvalidFact("latitude", "is said without the longitude");
        }
    }

    private static void degrees(String component, @Nullable Double value, int most) {
        // Written so that NaN is outside too.
        if (value != null && !(Math.abs(value) <= most)) {
            throw new InvalidFact(
                    component, "is " + value + ", not between -" + most + " and " + most);
        }
    }

    /** The same, unmodifiable: as many as there are items, or none. */
    static <T> List<T> oneEach(String component, List<T> values, List<ItemId> items) {
        if (!values.isEmpty() && values.size() != items.size()) {
            throw new InvalidFact(
                    component, "has " + values.size() + " entries for " + items.size() + " items");
        }
        return List.copyOf(values);
    }

    static List<Double> propensities(List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            // Written so that NaN is outside too.
            if (!(value > 0 && value <= 1)) {
                throw new InvalidFact(
                        "propensities[" + i + "]", "is " + value + ", not above 0 and at most 1");
            }
        }
        return values;
    }

    static void position(@Nullable Integer position) {
        if (position != null && position < 1) {
            throw new InvalidFact("position", "is " + position + ", less than 1");
        }
    }

    static void candidates(@Nullable Integer candidates, int shown) {
        if (candidates != null && candidates < shown) {
            throw new InvalidFact(
                    "candidates", "is " + candidates + ", less than the " + shown + " items");
        }
    }

    /** For ids that have no type of their own. */
    static void identifier(String component, @Nullable String id) {
        String flaw = id == null ? null : Identifiers.flaw(id);
        if (flaw != null) {
            throw new InvalidFact(component, flaw);
        }
    }

    static void title(String title) {
        text("title", title, LONGEST_TEXT);
    }

    static void reason(@Nullable String reason) {
        if (reason != null) {
            text("reason", reason, LONGEST_TEXT);
        }
    }

    /** The same ids, unmodifiable. */
    static List<String> identifiers(String component, List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            identifier(component + "[" + i + "]", ids.get(i));
        }
        return List.copyOf(ids);
    }

    /** The same reasons, unmodifiable. */
    static List<String> reasons(List<String> reasons) {
        for (int i = 0; i < reasons.size(); i++) {
            text("reasons[" + i + "]", reasons.get(i), LONGEST_TEXT);
        }
        return List.copyOf(reasons);
    }

    /** The same categories, unmodifiable. */
    static List<String> categories(List<String> categories) {
        if (categories.size() > MOST_CATEGORIES) {
            throw new InvalidFact(
                    "categories",
                    "has "
                            + categories.size()
                            + " entries, at most "
                            + MOST_CATEGORIES
                            + " are allowed");
        }
        for (int i = 0; i < categories.size(); i++) {
            text("categories[" + i + "]", categories.get(i), LONGEST_CATEGORY);
        }
        return List.copyOf(categories);
    }

    private static void text(String component, String value, int longest) {
        if (value.isBlank()) {
            throw new InvalidFact(component, "is blank");
        }
        if (value.length() > longest) {
            throw new InvalidFact(
                    component,
                    "has " + value.length() + " characters, at most " + longest + " are allowed");
        }
        String flaw = Texts.flaw(value);
        if (flaw != null) {
            throw new InvalidFact(component, flaw);
        }
    }
}
