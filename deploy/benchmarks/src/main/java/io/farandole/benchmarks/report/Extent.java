package io.farandole.benchmarks.report;

/** How much is measured. */
public enum Extent {
    /** Hardly anything: that it works, not how fast. */
    MOMENT,
    USUAL,
    /** Longer, in more rounds, and what takes long. */
    FULL;

    /** The one of the three that goes with this extent. */
    public <T> T pick(T moment, T usual, T full) {
        return switch (this) {
            case MOMENT -> moment;
            case USUAL -> usual;
            case FULL -> full;
        };
    }
}
