package io.farandole.streams.testing;

/**
 * What became of the deliveries of one topic, as the ledger counts them: delivered is the sum of
 * the rest.
 */
public record Counts(
        long delivered,
        long applied,
        long duplicate,
        long late,
        long rejected,
        long deadLettered,
        long waiting) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public boolean balances() {
        return delivered == applied + duplicate + late + rejected + deadLettered + waiting;
    }

    Counts plus(Counts more) {
        return new Counts(
                delivered + more.delivered,
                applied + more.applied,
                duplicate + more.duplicate,
                late + more.late,
                rejected + more.rejected,
                deadLettered + more.deadLettered,
                waiting + more.waiting);
    }
}
