package io.farandole.streams.testing;

import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.BatchFold;
import io.farandole.streams.Completion;
import io.farandole.streams.CompletionFolding;
import io.farandole.streams.DueTimer;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Source;
import io.farandole.streams.TimerFolding;
import io.farandole.streams.Touched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What folds work on, and what time it is for them: what the database holds for the real runner.
 */
final class InMemoryState {

    final InMemoryRows rows = new InMemoryRows();
    final InMemoryTimers timers = new InMemoryTimers();
    final WorkTable work = new WorkTable();
    final Spoken spoken;
    final List<Outcome.Failed> failures = new ArrayList<>();

    private final Processor processor;
    private final Map<Reference<?>, Object> references;
    private @Nullable Instant watermark;
    private Instant wallClock = Instant.MIN;

    InMemoryState(Processor processor, Map<Reference<?>, Object> references) {
        this.processor = processor;
        this.references = references;
        this.spoken = new Spoken(processor);
    }

    @Nullable Instant watermark() {
        return watermark;
    }

    Instant wallClock() {
        return wallClock;
    }

    /** It is no earlier than this. */
    void isPast(Instant time) {
        if (time.isAfter(wallClock)) {
            wallClock = time;
        }
    }

    /** Something of this event time was applied; the future has not come yet. */
    void applied(Instant eventTime) {
        Instant bounded = eventTime.isAfter(wallClock) ? wallClock : eventTime;
        if (watermark == null || bounded.isAfter(watermark)) {
            watermark = bounded;
        }
    }

    /** Folds a micro-batch; its timers do not fire yet. */
    <E extends Event> List<Outcome> fold(Source<E> source, List<Message<E>> messages) {
        BatchFold<E> batch = new BatchFold<>(processor, source);
        List<Touched> declared = batch.declare(messages);
        BatchFold.Result result =
                batch.fold(messages, declared, rows.load(declared), references, known());
        take(result);
        return result.outcomes();
    }

    /** Fires what is due, and what becomes due by that, until nothing is or all that is fails. */
    void fireDue() {
        int fired;
        do {
            fired = fire(timers.due(watermark, wallClock));
        } while (fired > 0);
    }

    /** Makes for each key of the store what is made when an archive was read. */
    void complete(Completion completion) {
        CompletionFolding folding = new CompletionFolding(processor, completion);
        List<String> keys = List.copyOf(rows.all(completion.of()).keySet());
        List<Touched> declared = folding.declare(keys);
        rows.write(folding.make(keys, declared, rows.load(declared), references));
    }

    private int fire(List<DueTimer> due) {
        TimerFolding folding = new TimerFolding(processor);
        List<Touched> declared = folding.declare(due);
        BatchFold.Result result =
                folding.fold(due, declared, rows.load(declared), references, known());
        int fired = 0;
        for (int i = 0; i < due.size(); i++) {
            if (result.outcomes().get(i) instanceof Outcome.Failed failed) {
                failures.add(failed);
            } else {
                timers.remove(due.get(i));
                fired++;
            }
        }
        take(result);
        return fired;
    }

    private void take(BatchFold.Result result) {
        rows.write(result.changes());
        timers.change(result.timers());
        result.emissions().forEach(spoken::take);
        result.entrusted().forEach(work::queue);
    }

    // As in the database, where it is not asked for where no fold may read it.
    private @Nullable Instant known() {
        return processor.readsWatermark() ? watermark : null;
    }
}
