package io.farandole.streams.endurance;

/** Says what is behind a fault in a line: clients wrap it several times. */
public final class Reasons {

    private Reasons() {}

    /** The words of the innermost cause that has any. */
    public static String of(Throwable fault) {
        String words = fault.getClass().getSimpleName();
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                words = cause.getMessage();
            }
        }
        return words;
    }
}
