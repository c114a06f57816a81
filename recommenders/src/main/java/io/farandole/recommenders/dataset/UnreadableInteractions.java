package io.farandole.recommenders.dataset;

/** A line that is no interaction, or a file that is none; the message begins with its place. */
public final class UnreadableInteractions extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableInteractions(Object file, long line, String reason) {
        super(file + ":" + line + ": " + reason);
    }

    UnreadableInteractions(Object file, String reason) {
        super(file + ": " + reason);
    }

    UnreadableInteractions(Object file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
