package io.farandole.orchestrator.ticking;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.support.CronExpression;

/**
 * When something is due, in UTC.
 *
 * @param name what the ticks are called by
 */
record Schedule(String name, CronExpression times) {

    /** The due times after the first instant, up to the second and including it. */
    List<Instant> due(Instant after, Instant until) {
        List<Instant> due = new ArrayList<>();
        ZonedDateTime next = times.next(after.atZone(ZoneOffset.UTC));
        while (next != null && !next.toInstant().isAfter(until)) {
            due.add(next.toInstant());
            next = times.next(next);
        }
        return due;
    }
}
