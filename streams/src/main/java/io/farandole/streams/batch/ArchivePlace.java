package io.farandole.streams.batch;

import io.farandole.events.EventId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a batch of archived events of one topic stands. The position moves with the batch, and only
 * from where it is known to be: of two who read for one generation, one applies nothing.
 *
 * @param before the position that was reached before
 * @param first that of the batch's first event
 * @param last that of the batch's last event
 * @param events how many there are, those withheld included
 * @param remembered ids made before then have no place in the inbox
 */
record ArchivePlace(
        Generation generation,
        String topic,
        long before,
        long first,
        long last,
        int events,
        long withheld,
        Instant remembered) {

    // All of them, and first: while a generation is filled this transaction alone writes its rows.
    static final String OWN =
            "select from streams.backfill where generation = ? order by topic for update";
    private static final String MOVE =
            """
            update streams.backfill
            set position = ?, first = coalesce(first, ?), events = events + ?, withheld = withheld + ?
            where generation = ? and topic = ? and position = ?
            """;

    /**
     * Moves on; what the inbox would not remember is ours without asking it, for the archive has
     * each event once and the position tells that it was not read.
     *
     * @param won filled with those
     * @return what is to be claimed: those absorb what the subscription brings again
     */
    Map<Claim, Instant> passed(RoundTrip roundTrip, Map<Claim, Instant> hours, Set<Claim> won) {
        roundTrip.run(OWN, generation.id());
        roundTrip.change(
                1,
                "the archive's position on " + topic,
                MOVE,
                last,
                first,
                events,
                withheld,
                generation.id(),
                topic,
                before);
        Map<Claim, Instant> claims = new HashMap<>();
        hours.forEach(
                (claim, hour) -> {
                    if (claim.dated() && EventId.timeOf(claim.key()).isBefore(remembered)) {
                        won.add(claim);
                    } else {
                        claims.put(claim, hour);
                    }
                });
        return claims;
    }
}
