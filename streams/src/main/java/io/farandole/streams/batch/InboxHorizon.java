package io.farandole.streams.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * For how long the ids of internal events are remembered, in whole days of UTC.
 *
 * @param daysBack how old an event's id may be; at least what a topic retains, or a replay could
 *     count twice
 * @param daysAhead how many days' partitions are made before they are needed
 */
public record InboxHorizon(int daysBack, int daysAhead) {

    /** Two days more than topics retain, and enough ahead to survive a long weekend. */
    public static final InboxHorizon DEFAULT = new InboxHorizon(33, 4);

    /** How far in the future an id may be: clocks are never quite equal. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    public InboxHorizon {
        if (daysBack < 1 || daysAhead < 1) {
            throw new IllegalArgumentException(
                    "an inbox horizon needs at least a day back and a day ahead, not "
                            + daysBack
                            + " and "
                            + daysAhead);
        }
    }

    LocalDate firstDay(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(daysBack);
    }

    LocalDate lastDay(Instant now) {
        return now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(daysAhead);
    }

    Instant start(Instant now) {
        return firstDay(now).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
