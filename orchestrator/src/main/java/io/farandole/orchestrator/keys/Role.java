package io.farandole.orchestrator.keys;

import java.util.Locale;

/** What a key is for. */
public enum Role {
    /** Asks for recommendations. */
    APP,
    /** Says what happened. */
    PRODUCER,
    /** Both, and asks why. */
    OPERATOR;

    /** As the table has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
