package io.farandole.pubsub;

import io.farandole.pubsub.journal.Journal;
import io.farandole.pubsub.journal.JournalFullException;
import io.farandole.pubsub.journal.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the payloads on the heap within a budget. Nobody counts who holds what: when as many bytes
 * came as the budget allows, it looks which of them are still held, and what is too much of that
 * leaves the heap. For the thread that applies changes.
 */
final class PayloadHeap {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadHeap.class);

    /** Shows all messages that are held. */
    interface Holders {
        void held(Consumer<? super Payload> visitor);
    }

    private final long budget;
    private final Holders holders;
    private final Journal journal;
    private long onHeap;
    private volatile @Nullable JournalFullException exhausted;

    PayloadHeap(long budget, Holders holders, Journal journal) {
        this.budget = budget;
        this.holders = holders;
        this.journal = journal;
    }

    /** These came to the heap. */
    void took(List<? extends Payload> payloads) {
        for (Payload payload : payloads) {
            onHeap += payload.size();
        }
        if (onHeap > budget) {
            makeRoom();
        }
    }

    /** Whether there was no room elsewhere when it was last looked for. */
    boolean isExhausted() {
        return exhausted != null;
    }

    /** Looks once more for room, and says why there is none. */
    Optional<JournalFullException> refusal() {
        if (exhausted != null) {
            makeRoom();
        }
        return Optional.ofNullable(exhausted);
    }

    private void makeRoom() {
        List<Payload> onHeapNow = new ArrayList<>();
        List<Payload> staying = new ArrayList<>();
        holders.held(payload -> (payload.isOnHeap() ? onHeapNow : staying).add(payload));
        // only these are sorted: the others may be many more
        onHeapNow.sort(Comparator.comparingLong(Payload::id));
        List<Payload> leaving = new ArrayList<>();
        long kept = 0;
        long before = Long.MIN_VALUE;
        for (Payload payload : onHeapNow) {
            // several may hold it
            if (payload.id() != before) {
                before = payload.id();
                if (kept + payload.size() <= budget / 2) {
                    // the oldest: they are next to be handed out to whoever is behind
                    staying.add(payload);
                    kept += payload.size();
                } else {
                    leaving.add(payload);
                }
            }
        }
        try {
            journal.leaveHeap(leaving, staying);
            onHeap = kept;
            exhausted = null;
        } catch (JournalFullException e) {
            if (exhausted == null) {
                LOG.error(e.getMessage());
            }
            exhausted = e;
        }
    }
}
