package io.farandole.orchestrator.verifying;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Rows of a store that the clock removes: until its time a row has to be there, an hour after it
 * none may be.
 *
 * @param time at which the row of a key goes; empty for one that stays, and for what is no key
 */
record Passing(Function<String, Optional<Instant>> time) {

    static final Passing NEVER = new Passing(_ -> Optional.empty());

    /** By so much this clock may be behind the one by which rows go. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** For so long a row may outlive its time: it goes when a timer gets to it. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,11}");

    /**
     * Rows by numbered spans of time, whose keys end with the number.
     *
     * @param kept for so long after the span ended
     */
    static Passing of(Duration span, Duration kept) {
        return new Passing(
                key -> {
                    String number = key.substring(key.lastIndexOf('|') + 1);
                    return NUMBER.matcher(number).matches()
                            ? Optional.of(end(Long.parseLong(number), span).plus(kept))
                            : Optional.empty();
                });
    }

    private static Instant end(long number, Duration span) {
        return Instant.ofEpochSecond((number + 1) * span.toSeconds());
    }

    boolean mayBeGone(String key, Instant now) {
        return time.apply(key).filter(goes -> !goes.minus(SKEW).isAfter(now)).isPresent();
    }

    /** When it should have gone, if it should not be there any more. */
    Optional<Instant> longGone(String key, Instant now) {
        return time.apply(key).filter(goes -> !goes.plus(PATIENCE).isAfter(now));
    }
}
