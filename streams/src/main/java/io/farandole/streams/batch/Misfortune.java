package io.farandole.streams.batch;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is not applied.
 *
 * @param place where in the message, or in the code, the trouble is
 * @param errorClass of the failure, if it is one
 * @param awaits the row that it waits for
 */
record Misfortune(
        DeadLetterCause cause,
        String reason,
        String place,
        @Nullable String errorClass,
        @Nullable String awaits,
        @Nullable Early early) {

    /**
     * A message came before its time.
     *
     * @param id to be claimed when it is tried
     * @param due when to look again: its time, or a day from now
     */
    record Early(UUID id, Instant due) {}

    Misfortune(DeadLetterCause cause, String reason, String place) {
        this(cause, reason, place, null, null, null);
    }

    static Misfortune waiting(String reason, @Nullable String awaits) {
        return new Misfortune(DeadLetterCause.WAITING, reason, "", null, awaits, null);
    }

    static Misfortune early(String reason, String place, Early early) {
        return new Misfortune(DeadLetterCause.WAITING, reason, place, null, null, early);
    }

    static Misfortune parkedBehind() {
        return new Misfortune(
                DeadLetterCause.PARKED_BEHIND,
                "an earlier message of its key is not applied yet, and order matters",
                "");
    }

    /**
     * Whether it stands in its key's line, where order matters. What came before its time comes in
     * its time, not in its turn: a wrong clock would hold its key back for years.
     */
    boolean standsInLine() {
        return switch (cause) {
            case POISON, PARKED_BEHIND -> true;
            case WAITING -> early == null;
            case UNDECODABLE, REJECTED, LATE, CLOCK, EXPIRED_HORIZON -> false;
        };
    }

    static Misfortune poison(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String message = failure.getMessage();
        return new Misfortune(
                DeadLetterCause.POISON,
                message == null ? failure.getClass().getSimpleName() : message,
                trace.length == 0
                        ? ""
                        : trace[0].getClassName()
                                + "."
                                + trace[0].getMethodName()
                                + ":"
                                + trace[0].getLineNumber(),
                failure.getClass().getName(),
                null,
                null);
    }

    /** The id that is still to be claimed, if one is. */
    @Nullable UUID claims() {
        return early == null ? null : early.id;
    }

    /** When to look again, where that is known. */
    @Nullable String due() {
        return early == null ? null : early.due.toString();
    }

    Count count() {
        return cause.count();
    }
}
