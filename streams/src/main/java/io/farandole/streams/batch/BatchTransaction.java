package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.BatchFold;
import io.farandole.streams.Delivery;
import io.farandole.streams.MessageFault;
import io.farandole.streams.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Applies micro-batches of one source, each in one transaction: inbox, state, outbox, dead letters
 * and ledger change together or not at all. What is applied when {@link #apply} returns is
 * committed and may be acknowledged. For use by many threads, and by several instances at once.
 */
public final class BatchTransaction<E extends Event> {

    private final PreparedProcessor prepared;
    private final Source<E> source;
    private final ReadingDeliveries<E> reading;
    private final Inbox inbox;
    private final Folding<E> folding;

    BatchTransaction(PreparedProcessor prepared, Source<E> source) {
        this.prepared = prepared;
        this.source = source;
        this.reading = new ReadingDeliveries<>(prepared, source);
        this.inbox = new Inbox(prepared.generation());
        this.folding =
                new Folding<>(
                        prepared,
                        source,
                        new BatchFold<>(prepared.processor(), source, prepared.hanging()),
                        new StateRows(prepared.generation(), prepared.processor().stores()));
    }

    public Source<E> source() {
        return source;
    }

    /**
     * Applies these deliveries, in their order for each subject.
     *
     * @param worker a small number under which the books are kept; two workers with one number wait
     *     for each other
     * @throws InfrastructureTrouble if the database fails; whether the batch was committed is then
     *     unknown, and delivering it again is right in either case
     */
    public Receipt apply(List<Delivery> deliveries, int worker) {
        Instant now = prepared.clock().instant();
        List<Incoming<E>> batch = reading.read(deliveries, now);
        return new Isolating<Incoming<E>>(
                        part -> hear(part, worker), (one, failure) -> bury(one, failure, worker))
                .apply(batch);
    }

    /** Folds messages that were put aside and are due, past the inbox. */
    Receipt retryWaiting(int most, int worker) {
        WaitingLetters<E> letters = new WaitingLetters<>(prepared, source, reading);
        List<WaitingLetter<E>> due = letters.due(most);
        return new Isolating<WaitingLetter<E>>(
                        part -> retry(letters, part, most, worker),
                        (one, failure) -> retryBuried(letters, one, failure, worker))
                .apply(due);
    }

    private Receipt hear(List<Incoming<E>> batch, int worker) throws SQLException {
        Pinned pinned = pinned();
        try (Heard<E> heard = new Heard<>(prepared, source, inbox, worker, pinned)) {
            List<Incoming<E>> fresh = heard.claim(batch);
            folding.fold(heard.transaction(), fresh, pinned.values(), heard);
            return heard.commit();
        }
    }

    private Receipt bury(Incoming<E> one, Throwable failure, int worker) throws SQLException {
        try (Heard<E> heard = new Heard<>(prepared, source, inbox, worker, Pinned.NOTHING)) {
            heard.claim(List.of(one))
                    .forEach(fresh -> heard.misfortune(fresh, Misfortune.poison(failure)));
            return heard.commit();
        }
    }

    private Receipt retry(
            WaitingLetters<E> letters, List<WaitingLetter<E>> part, int most, int worker)
            throws SQLException {
        Pinned pinned = pinned();
        try (Retried<E> retried = new Retried<>(prepared, source, letters, inbox, worker, pinned)) {
            folding.fold(retried.transaction(), retried.lock(part, most), pinned.values(), retried);
            return retried.commit();
        }
    }

    private Receipt retryBuried(
            WaitingLetters<E> letters, WaitingLetter<E> one, Throwable failure, int worker)
            throws SQLException {
        if (one.line() != null) {
            // Whoever stands behind it may be the one that cannot be stored.
            try {
                return retry(letters, List.of(one), 1, worker);
            } catch (SQLException | RuntimeException | Error e) {
                if (Trouble.of(MessageFault.of(e)) != Trouble.MESSAGE) {
                    throw e;
                }
            }
        }
        try (Retried<E> retried =
                new Retried<>(prepared, source, letters, inbox, worker, Pinned.NOTHING)) {
            retried.lock(List.of(one), 1)
                    .forEach(held -> retried.misfortune(held, Misfortune.poison(failure)));
            return retried.commit();
        }
    }

    // Before the transaction: loading takes a connection of its own, and whoever waits for one
    // while holding another can wait for ever.
    private Pinned pinned() {
        return prepared.references().pin(source.freshReferences());
    }
}
