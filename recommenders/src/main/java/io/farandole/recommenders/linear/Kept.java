package io.farandole.recommenders.linear;

/** How many weights of each item are kept where each item has one with every other. */
public final class Kept {

    /** Up to here all of them: 576 MB. */
    static final int DENSE_ITEMS = 12_000;

    /** Beyond, of all items together: 480 MB. */
    private static final int PAIRS = 60_000_000;

    private Kept() {}

    public static int of(int items) {
        return items <= DENSE_ITEMS ? items : PAIRS / items;
    }

    /** What a model of so many items takes, in bytes. */
    public static long bytes(int items) {
        return items <= DENSE_ITEMS
                ? (long) items * items * Float.BYTES
                : (long) PAIRS * (Float.BYTES + Integer.BYTES);
    }
}
