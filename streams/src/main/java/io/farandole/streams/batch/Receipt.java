package io.farandole.streams.batch;

/**
 * What became of the deliveries of a committed batch.
 *
 * @param outputs how many events were put into the outbox
 * @param works how many messages were queued for long work
 * @param fired how many timers fired: these are no deliveries
 */
public record Receipt(
        int applied,
        int duplicate,
        int late,
        int rejected,
        int deadLettered,
        int waiting,
        int outputs,
        int works,
        int fired) {

    public static final Receipt NOTHING = new Receipt(0, 0, 0, 0, 0, 0, 0, 0);

    /** Of deliveries alone. */
    public Receipt(
            int applied,
            int duplicate,
            int late,
            int rejected,
            int deadLettered,
            int waiting,
            int outputs,
            int works) {
        this(applied, duplicate, late, rejected, deadLettered, waiting, outputs, works, 0);
    }

    /** All that was settled; after a batch, as many as were delivered. */
    public int delivered() {
        return applied + duplicate + late + rejected + deadLettered + waiting;
    }

    public Receipt plus(Receipt other) {
        return new Receipt(
                applied + other.applied,
                duplicate + other.duplicate,
                late + other.late,
                rejected + other.rejected,
                deadLettered + other.deadLettered,
                waiting + other.waiting,
                outputs + other.outputs,
                works + other.works,
                fired + other.fired);
    }
}
