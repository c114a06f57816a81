package io.farandole.streams;

/**
 * What a processor does about a key when a time has come that a fold {@link Context#schedule set}
 * for it. One of each name and key is set at a time; setting it again moves it. It fires once, in a
 * transaction of its own, and is not a delivery: the ledger does not count it. When its fold fails,
 * nothing changes and it is fired again after a pause.
 *
 * @param name in the words of a table's name; unique within its processor
 */
public record Timer(String name, Domain domain, Rows rows, Fold fold) {

    /** Which time it goes by. */
    public enum Domain {
        /** It fires when the watermark, the greatest event time applied, has come that far. */
        EVENT_TIME,
        WALL_CLOCK
    }

    /** Declares the rows that a firing will touch. */
    @FunctionalInterface
    public interface Rows {
        void declare(Firing firing, Touched touched);
    }

    /** Folds a firing into the state; pure, as all folds are. */
    @FunctionalInterface
    public interface Fold {
        void fire(Firing firing, Context context);
    }

    public static Timer inEventTime(String name, Rows rows, Fold fold) {
        return new Timer(name, Domain.EVENT_TIME, rows, fold);
    }

    public static Timer inWallClockTime(String name, Rows rows, Fold fold) {
        return new Timer(name, Domain.WALL_CLOCK, rows, fold);
    }
}
