package io.farandole.local.offline;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long something may take.
 *
 * @param most such as {@code 10m}, as typed in {@link #parse}
 */
public record TimeBudget(Duration most) {

    /** A year: no limit that anybody would notice. */
    public static final TimeBudget UNLIMITED = new TimeBudget(Duration.ofDays(365));

    /**
     * Seconds, minutes or hours: {@code 90s}, {@code 10m}, {@code 2h}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TimeBudget parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        try {
            Duration most = Duration.parse("PT" + lower);
            if (most.isPositive()) {
                return new TimeBudget(most);
            }
        } catch (DateTimeParseException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no duration above 0, such as 90s, 10m or 2h");
    }

    /**
     * Does it, beside this thread. What is beyond its time is left alone: it ends with the process,
     * as algebra outside the JVM cannot be interrupted.
     *
     * @throws Failure if it takes longer
     */
    public <T> T within(String what, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name(what).start(task);
        try {
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    what + " took longer than its budget of " + words() + "; nothing was written.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError cause) {
                throw new Failure(
                        ExitCode.FAILED,
                        what
                                + " ran out of memory ("
                                + cause.getMessage()
                                + "). With FARANDOLE_JAVA_OPTS=-Xmx8g it may have more.",
                        cause);
            }
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private String words() {
        return most.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
