package io.farandole.postgres;

/** Why the embedded Postgres does not run, in words that say where to look and what to do. */
public final class PostgresFault extends RuntimeException {

    /** What went wrong, for callers that choose an exit code or another port. */
    public enum Reason {
        DIRECTORY_IN_USE,
        PORT_TAKEN,
        NOT_DURABLE,
        UNSUPPORTED_MACHINE,
        DID_NOT_START,
        FILES
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    PostgresFault(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    PostgresFault(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
