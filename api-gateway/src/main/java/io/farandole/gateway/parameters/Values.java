package io.farandole.gateway.parameters;

import io.farandole.gateway.problems.Flaw;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of the types that parameters have; whatever is none becomes a flaw that names it.
 */
public final class Values {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,12}([.][0-9]{1,12})?");
    private static final Set<String> TRUE = Set.of("true", "1");
    private static final Set<String> FALSE = Set.of("false", "0");
    private static final int LONGEST_LIST = 100;
    private static final int LONGEST_ELEMENT = 200;

    private final Said said;
    private final ZoneId zone;
    private final List<Flaw> flaws = new ArrayList<>();

    public Values(Said said, ZoneId zone) {
        this.said = said;
        this.zone = zone;
    }

    public List<Flaw> flaws() {
        return flaws;
    }

    public @Nullable String text(String name) {
        List<String> all = said.all(name);
        if (all.size() > 1) {
            flaw(name, "is there " + all.size() + " times");
        }
        String text = all.isEmpty() ? "" : all.getFirst().strip();
        return text.isEmpty() ? null : text;
    }

    public @Nullable Boolean flag(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            flaw(name, "is neither true nor false");
        }
        return TRUE.contains(word);
    }

    /** A number between two others, both included. */
    public @Nullable BigDecimal number(String name, long least, long most) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return number;
            }
        }
        flaw(name, "is not a number from " + least + " to " + most);
        return null;
    }

    /** As {@link #number}, rounded down: clients of the old API say {@code 10.0}. */
    public @Nullable Integer whole(String name, int least, int most) {
        BigDecimal number = number(name, least, most);
        return number == null ? null : number.intValue();
    }

    /** In the order in which they are said. */
    public Set<String> list(String name) {
        List<String> elements = said.list(name);
        if (elements.size() > LONGEST_LIST) {
            flaw(name, "has more than " + LONGEST_LIST + " elements");
            return Set.of();
        }
        if (elements.stream().anyMatch(element -> element.length() > LONGEST_ELEMENT)) {
            flaw(name, "has an element of more than " + LONGEST_ELEMENT + " characters");
            return Set.of();
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(elements));
    }

    /** A day, or a time with or without its zone. */
    public @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        String iso = text.replace(' ', 'T');
        try {
            if (iso.indexOf('T') < 0) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            return hasZone(iso)
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException _) {
            flaw(name, "is neither a day like 2026-11-28 nor a time like 2026-11-28T20:30:00Z");
            return null;
        }
    }

    private static boolean hasZone(String iso) {
        String time = iso.substring(iso.indexOf('T'));
        return time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0;
    }

    /** Says that what stands there is wrong. */
    public void flaw(String name, String reason) {
        flaws.add(new Flaw(name, reason));
    }
}
