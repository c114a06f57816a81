package io.farandole.local;

/** What ends a command: one line that says what is wrong and what to do, and the exit code. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    public Failure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public Failure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
