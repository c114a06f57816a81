package io.farandole.orchestrator.ledger;

import java.time.Instant;

/**
 * What became of the events of one topic and hour at one processor's generation, summed over its
 * workers.
 */
public record LedgerLine(
        String topic,
        String processor,
        int generation,
        Instant hour,
        long delivered,
        long applied,
        long duplicate,
        long late,
        long rejected,
        long deadLettered,
        long waiting) {

    /** Distinct events as this processor saw them. */
    public long distinct() {
        return delivered - duplicate;
    }

    /** Whether every delivery is accounted for. */
    public boolean adds() {
        return delivered == applied + duplicate + late + rejected + deadLettered + waiting;
    }
}
