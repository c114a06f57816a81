package io.farandole.events;

import org.jspecify.annotations.Nullable;

/**
 * What every identifier in an event must be: short, visible, and safe in keys, logs and databases.
 */
final class Identifiers {

    private static final int LONGEST = 200;

    private Identifiers() {}

    static void check(String kind, String value) {
        String flaw = flaw(value);
        if (flaw != null) {
            throw new IllegalArgumentException(kind + " id " + flaw);
        }
    }

    static @Nullable String flaw(String value) {
        if (value.isBlank()) {
            return "is blank";
        }
        if (value.length() > LONGEST) {
            return "has " + value.length() + " characters, at most " + LONGEST + " are allowed";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || (c >= 0x7f && c <= 0x9f) || Character.isSurrogate(c)) {
                return "holds a control character or a surrogate";
            }
        }
        return null;
    }
}
