package io.farandole.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds due timers in memory, in the order given; used as {@link BatchFold} is. */
public final class TimerFolding {

    private final Processor processor;

    public TimerFolding(Processor processor) {
        this.processor = processor;
    }

    /** The rows that these timers declare. */
    public List<Touched> declare(List<DueTimer> due) {
        List<Touched> all = new ArrayList<>(due.size());
        for (DueTimer one : due) {
            all.add(declare(one));
        }
        return all;
    }

    private static Touched declare(DueTimer one) {
        Touched touched = new Touched();
        try {
            one.timer().rows().declare(one.firing(), touched);
            return touched;
        } catch (RuntimeException | Error e) {
            return Touched.failed(MessageFault.of(e));
        }
    }

    /**
     * Folds timers that were {@link #declare declared} and whose rows were loaded.
     *
     * @param watermark as in {@link BatchFold#fold}
     * @return its outcomes are applied or failed, one a timer
     */
    public BatchFold.Result fold(
            List<DueTimer> due,
            List<Touched> declared,
            Map<Row<?>, ?> loaded,
            Map<Reference<?>, ?> references,
            @Nullable Instant watermark) {
        Context batch = new Context(processor, loaded, references, watermark);
        List<Outcome> outcomes = new ArrayList<>(due.size());
        for (int i = 0; i < due.size(); i++) {
            outcomes.add(fire(due.get(i), declared.get(i), batch));
        }
        return batch.result(outcomes);
    }

    private static Outcome fire(DueTimer one, Touched touched, Context batch) {
        if (batch.hasChanged(one)) {
            // One that fired before it in this batch moved or cancelled it.
            return Outcome.APPLIED;
        }
        Throwable trouble = touched.trouble();
        if (trouble != null) {
            return new Outcome.Failed(trouble);
        }
        Context layer = batch.layer();
        layer.turnTo(one, touched);
        try {
            one.timer().fold().fire(one.firing(), layer);
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed(MessageFault.of(e));
        }
        batch.absorb(layer);
        return Outcome.APPLIED;
    }
}
