package io.farandole.orchestrator.ledger;

import java.time.Instant;

/**
 * What became of the events of one topic and hour at one processor's generation, summed over its
 * workers.
 *
 * @param withheld passed over, for their users asked to be forgotten; not delivered
 * @param expired no longer in the archive when the generation was built from it; not delivered
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
        long waiting,
        long withheld,
        long expired) {

    /** Distinct events as this processor saw them. */
    public long distinct() {
        return delivered - duplicate;
    }

    /** Distinct events that it knows of: seen, or passed over knowingly. */
    public long known() {
        return distinct() + withheld + expired;
    }

    /** Whether every delivery is accounted for. */
    public boolean adds() {
        return delivered == applied + duplicate + late + rejected + deadLettered + waiting;
    }
}
