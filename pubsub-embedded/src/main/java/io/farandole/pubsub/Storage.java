package io.farandole.pubsub;

import io.farandole.pubsub.journal.JournalFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where the server keeps what it holds.
 *
 * @param journal null: nowhere, all is forgotten at the end
 * @param payloadHeap how many bytes of messages may be on the heap
 */
record Storage(@Nullable JournalFiles journal, long payloadHeap) {

    static final long PAYLOAD_HEAP = 128L << 20;

    /** A server in a small heap leaves room for others. */
    static long payloadHeapByDefault() {
        return Math.min(PAYLOAD_HEAP, Runtime.getRuntime().maxMemory() / 8);
    }

    static Storage inMemory() {
        return new Storage(null, payloadHeapByDefault());
    }

    static Storage in(JournalFiles journal) {
        return new Storage(journal, payloadHeapByDefault());
    }
}
