package io.farandole.streams;

import io.farandole.events.Event;
import io.farandole.events.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds a micro-batch in memory: subject by subject, each subject's messages in the order given.
 * The one place where descriptions meet messages, used by the runner inside its transaction and by
 * the test driver.
 */
public final class BatchFold<E extends Event> {

    private final Processor processor;
    private final Source<E> source;
    private final FoldWatch watch;

    public BatchFold(Processor processor, Source<E> source) {
        this(processor, source, FoldWatch.NONE);
    }

    public BatchFold(Processor processor, Source<E> source, FoldWatch watch) {
        this.processor = processor;
        this.source = source;
        this.watch = watch;
    }

    /**
     * What a batch came to.
     *
     * @param outcomes one a message, in the order given
     * @param changes the rows written, empty for removed ones
     * @param emissions what was said, in the order of the saying
     * @param entrusted what was entrusted to long work, in that order
     * @param timers what was set or cancelled, one change a timer and key
     */
    public record Result(
            List<Outcome> outcomes,
            Map<Row<?>, Optional<Object>> changes,
            List<Emission> emissions,
            List<Entrusted> entrusted,
            List<TimerChange> timers) {}

    /** The rows that these messages declare. */
    public List<Touched> declare(List<Message<E>> messages) {
        List<Touched> all = new ArrayList<>(messages.size());
        for (Message<E> message : messages) {
            all.add(declare(message));
        }
        return all;
    }

    private Touched declare(Message<E> message) {
        Touched touched = new Touched();
        try {
            watch.begins(message.envelope());
            source.rows().declare(message, touched);
            return touched;
        } catch (RuntimeException | Error e) {
            return Touched.failed(MessageFault.of(e));
        } finally {
            watch.ended();
        }
    }

    /**
     * Folds messages that were {@link #declare declared} and whose rows were loaded.
     *
     * @param loaded the values of the declared rows, as far as they have any
     * @param watermark the greatest event time applied so far; null if it is not known, or none was
     */
    public Result fold(
            List<Message<E>> messages,
            List<Touched> declared,
            Map<Row<?>, ?> loaded,
            Map<Reference<?>, ?> references,
            @Nullable Instant watermark) {
        Context batch = new Context(processor, loaded, references, watermark);
        Outcome[] outcomes = new Outcome[messages.size()];
        bySubject(messages, declared).forEach(subject -> foldSubject(subject, batch, outcomes));
        return batch.result(Arrays.asList(outcomes));
    }

    private void foldSubject(List<Declared<E>> subject, Context batch, Outcome[] outcomes) {
        Context whole = batch.layer();
        Declared<E> last = null;
        boolean stopped = false;
        for (Declared<E> one : subject) {
            if (stopped) {
                outcomes[one.index] = Outcome.PARKED;
                continue;
            }
            Context layer = whole.layer();
            layer.turnTo(one.message, one.touched);
            Outcome outcome = foldOne(one, layer);
            outcomes[one.index] = outcome;
            if (outcome instanceof Outcome.Applied) {
                whole.absorb(layer);
                last = one;
            }
            stopped = stops(outcome);
        }
        Throwable trouble = last == null ? null : settle(last, whole);
        if (trouble == null) {
            batch.absorb(whole);
        } else if (subject.size() == 1) {
            outcomes[subject.getFirst().index] = new Outcome.Failed(trouble);
        } else {
            // One of them is too much for the settling: one by one, only that one fails.
            foldOneByOne(subject, batch, outcomes);
        }
    }

    private void foldOneByOne(List<Declared<E>> subject, Context batch, Outcome[] outcomes) {
        boolean stopped = false;
        for (Declared<E> one : subject) {
            if (stopped) {
                outcomes[one.index] = Outcome.PARKED;
            } else {
                foldSubject(List.of(one), batch, outcomes);
                stopped = stops(outcomes[one.index]);
            }
        }
    }

    /** Whether later messages of the key have to stand behind. */
    private boolean stops(Outcome outcome) {
        return source.keepsOrder()
                && (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Waiting);
    }

    // A fold is foreign code: whatever it throws, short of the machine's own failures, is this
    // message's failure and nobody else's.
    private Outcome foldOne(Declared<E> one, Context context) {
        Throwable trouble = one.touched.trouble();
        if (trouble != null) {
            return new Outcome.Failed(trouble);
        }
        try {
            watch.begins(one.message.envelope());
            return source.fold().fold(one.message, context);
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed(MessageFault.of(e));
        } finally {
            watch.ended();
        }
    }

    private @Nullable Throwable settle(Declared<E> last, Context context) {
        Settling<E> settling = source.settling();
        if (settling == null) {
            return null;
        }
        try {
            watch.begins(last.message.envelope());
            context.turnTo(last.message, last.touched);
            settling.settle(last.message, context);
            return null;
        } catch (RuntimeException | Error e) {
            return MessageFault.of(e);
        } finally {
            watch.ended();
        }
    }

    private List<List<Declared<E>>> bySubject(List<Message<E>> messages, List<Touched> declared) {
        Map<String, List<Declared<E>>> subjects = new LinkedHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            Message<E> message = messages.get(i);
            subjects.computeIfAbsent(message.envelope().subject(), _ -> new ArrayList<>())
                    .add(new Declared<>(i, message, declared.get(i)));
        }
        return List.copyOf(subjects.values());
    }

    private record Declared<E extends Event>(int index, Message<E> message, Touched touched) {}
}
