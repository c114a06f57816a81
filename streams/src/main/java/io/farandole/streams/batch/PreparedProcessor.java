package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * A processor whose tables stand: what makes its batch transactions. One for an instance; the
 * transactions made here share the references that they pinned.
 */
public final class PreparedProcessor {

    private final Processor processor;
    private final Generation generation;
    private final DataSource dataSource;
    private final Clock clock;
    private final InboxHorizon horizon;
    private final Instant forgottenBefore;
    private final PinnedReferences references;
    private final HangingFolds hanging;
    private final Replays replays;

    /**
     * @param forgottenBefore ids made before then are not remembered, whatever the horizon is
     * @param hanging told of all that is folded
     * @param replays told of the generation by each transaction
     */
    PreparedProcessor(
            Processor processor,
            Generation generation,
            DataSource dataSource,
            Clock clock,
            InboxHorizon horizon,
            Instant forgottenBefore,
            HangingFolds hanging,
            Replays replays) {
        this.processor = processor;
        this.generation = generation;
        this.dataSource = dataSource;
        this.clock = clock;
        this.horizon = horizon;
        this.forgottenBefore = forgottenBefore;
        this.hanging = hanging;
        this.replays = replays;
        this.references = new PinnedReferences(processor, dataSource);
    }

    public Processor processor() {
        return processor;
    }

    public Generation generation() {
        return generation;
    }

    /** Applies what is delivered from this source; for use by many threads. */
    public <E extends Event> BatchTransaction<E> batches(Source<E> source) {
        return new BatchTransaction<>(this, source);
    }

    /** Tries again, for every source, what waits. */
    public RetryingWaiting retryingWaiting() {
        List<BatchTransaction<?>> transactions =
                processor.sources().stream().<BatchTransaction<?>>map(this::batches).toList();
        return new RetryingWaiting(this, transactions);
    }

    /** Fires the processor's timers. */
    public FiringTimers firingTimers() {
        return new FiringTimers(this);
    }

    /** Fills its generation from the archive. */
    public Backfilling backfilling() {
        return new Backfilling(this);
    }

    /** Makes what is made once the archive was read. */
    public Completing completing() {
        return new Completing(this);
    }

    /**
     * The processor's long work.
     *
     * @param owner unique, also among the owners that ever were: a restarted one is another one
     */
    public WorkQueue workQueue(String owner) {
        return new WorkQueue(this, owner);
    }

    /** Which of its folds do not end. */
    public HangingFolds hanging() {
        return hanging;
    }

    Replays replays() {
        return replays;
    }

    DataSource dataSource() {
        return dataSource;
    }

    Clock clock() {
        return clock;
    }

    InboxHorizon horizon() {
        return horizon;
    }

    /** Ids made before then may have been heard and forgotten. */
    Instant remembersFrom(Instant now) {
        Instant start = horizon.start(now);
        return start.isAfter(forgottenBefore) ? start : forgottenBefore;
    }

    PinnedReferences references() {
        return references;
    }
}
