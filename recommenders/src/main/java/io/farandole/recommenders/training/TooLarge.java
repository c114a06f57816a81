package io.farandole.recommenders.training;

import java.util.Locale;

/** A training that does not fit in memory, refused before any of it was taken. */
public final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long needed;
    private final long available;

    TooLarge(String what, String where, long needed, long available) {
        super(
                "%s needs %s of %s, and there are %s"
                        .formatted(what, megabytes(needed), where, megabytes(available)));
        this.needed = needed;
        this.available = available;
    }

    /** In bytes. */
    public long needed() {
        return needed;
    }

    /** In bytes. */
    public long available() {
        return available;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", Math.ceilDiv(bytes, 1 << 20));
    }
}
