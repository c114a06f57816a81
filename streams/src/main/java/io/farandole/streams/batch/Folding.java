package io.farandole.streams.batch;

import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.Message;
import io.farandole.streams.BatchFold;
import io.farandole.streams.Entrusted;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import io.farandole.streams.Row;
import io.farandole.streams.Source;
import io.farandole.streams.Touched;
import io.farandole.streams.batch.Incoming.Foldable;
import io.farandole.streams.batch.Incoming.Unfit;
import io.farandole.streams.batch.Incoming.Withheld;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The middle of every transaction: lock and read rows, fold, write rows, put sayings away. */
record Folding<E extends Event>(
        PreparedProcessor prepared, Source<E> source, BatchFold<E> batchFold, StateRows rows) {

    void fold(
            PhasedTransaction transaction,
            List<Incoming<E>> fresh,
            Map<Reference<?>, Object> references,
            Settlement<E> settlement)
            throws SQLException {
        List<Incoming<E>> foldable = new ArrayList<>(fresh.size());
        List<Message<E>> messages = new ArrayList<>(fresh.size());
        Set<String> stopped = new HashSet<>();
        for (Incoming<E> incoming : fresh) {
            String key = incoming.key();
            if (key != null && stopped.contains(key)) {
                settlement.misfortune(incoming, Misfortune.parkedBehind());
                continue;
            }
            switch (incoming.reading()) {
                case Unfit<E>(Misfortune misfortune, var _) -> {
                    settlement.misfortune(incoming, misfortune);
                    if (key != null && source.keepsOrder()) {
                        stopped.add(key);
                    }
                }
                case Withheld<E>() ->
                        throw new IllegalStateException("what is withheld is never folded");
                case Foldable<E>(Message<E> message) -> {
                    foldable.add(incoming);
                    messages.add(message);
                }
            }
        }
        if (messages.isEmpty()) {
            return;
        }
        List<Touched> touched = batchFold.declare(messages);
        HeldRows held = rows.load(transaction.connection(), touched);
        BatchFold.Result result =
                batchFold.fold(messages, touched, held.values(), references, held.watermark());
        settle(foldable, messages, result, settlement);
        write(transaction, held, foldable, messages, result, settlement);
    }

    private void write(
            PhasedTransaction transaction,
            HeldRows held,
            List<Incoming<E>> foldable,
            List<Message<E>> messages,
            BatchFold.Result result,
            Settlement<E> settlement)
            throws SQLException {
        IdentityHashMap<Message<?>, Incoming<E>> incoming = new IdentityHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            incoming.put(messages.get(i), foldable.get(i));
        }
        Speech speech = transaction.speech();
        speech.settle(prepared.generation(), messages, result.outcomes());
        List<Entrusted> entrusted = speech.entrusted(result.entrusted());
        Sayings sayings =
                new Sayings(
                        prepared.processor(),
                        prepared.generation(),
                        transaction.now(),
                        speech.emissions(result.emissions()),
                        sourceKeys(incoming));
        RoundTrip state = new RoundTrip();
        settlement.appeared(rows.write(state, held, result.changes()));
        TimerRows.write(state, prepared.generation(), result.timers());
        sayings.number(state);
        state.send(transaction.connection());
        // Only now that the keys' sequence rows are locked do the outbox rows get their ids.
        RoundTrip outbox = new RoundTrip();
        sayings.put(outbox);
        new Entrusting<>(prepared.generation(), source.topic().name(), entrusted, incoming)
                .queue(outbox);
        outbox.send(transaction.connection());
        settlement.said(sayings.size());
        settlement.entrusted(entrusted.size());
    }

    private IdentityHashMap<Envelope, UUID> sourceKeys(
            IdentityHashMap<Message<?>, Incoming<E>> incoming) {
        IdentityHashMap<Envelope, UUID> keys = new IdentityHashMap<>();
        if (prepared.processor().ring() == Processor.Ring.SOURCE) {
            incoming.forEach((message, its) -> keys.put(message.envelope(), its.claim().key()));
        }
        return keys;
    }

    private void settle(
            List<Incoming<E>> foldable,
            List<Message<E>> messages,
            BatchFold.Result result,
            Settlement<E> settlement) {
        for (int i = 0; i < foldable.size(); i++) {
            Incoming<E> incoming = foldable.get(i);
            switch (result.outcomes().get(i)) {
                case Outcome.Applied() ->
                        settlement.applied(incoming, messages.get(i).envelope().time());
                case Outcome.Late(String reason, boolean kept) -> {
                    if (kept) {
                        settlement.misfortune(
                                incoming, new Misfortune(DeadLetterCause.LATE, reason, ""));
                    } else {
                        settlement.dropped(incoming);
                    }
                }
                case Outcome.Rejected(String reason, String place) ->
                        settlement.misfortune(
                                incoming, new Misfortune(DeadLetterCause.REJECTED, reason, place));
                case Outcome.Waiting(String reason, Row<?> awaited) ->
                        settlement.misfortune(
                                incoming,
                                Misfortune.waiting(
                                        reason,
                                        awaited == null ? null : DeadLetters.nameOf(awaited)));
                case Outcome.Parked() -> settlement.misfortune(incoming, Misfortune.parkedBehind());
                case Outcome.Failed(Throwable failure) ->
                        settlement.misfortune(incoming, Misfortune.poison(failure));
            }
        }
    }
}
