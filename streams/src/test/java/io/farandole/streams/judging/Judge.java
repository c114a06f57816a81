package io.farandole.streams.judging;

import java.util.Locale;

/** Who looks at what became of a run, each at one thing. */
public enum Judge {
    /** Each key's state is what its different events make. */
    STATE,
    /** Every column of the ledger is what the publisher counted. */
    LEDGER,
    /** What was put aside is what had to be, by cause. */
    DEAD_LETTERS,
    /** Each output is there once. */
    SAID,
    /** The outputs of a key come in their order, and none lacks. */
    ORDER;

    /** Its name in a table. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
