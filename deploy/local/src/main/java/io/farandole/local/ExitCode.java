package io.farandole.local;

/** What a script can trust; picocli adds 2, wrong usage, and the launcher 3, no JDK 25. */
public enum ExitCode {
    OK(0),
    FAILED(1),
    NOT_RUNNING(4),
    IN_USE(5),
    /** Some lines of an import were refused, all others published. */
    PARTLY_REFUSED(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
