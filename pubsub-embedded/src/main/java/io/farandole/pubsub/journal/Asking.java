package io.farandole.pubsub.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Asks the server for its state between two commits, from another thread. */
record Asking(JournaledState state, Executor executor) {

    /** What the state is after all commits so far. */
    <T> T inOrder(Function<JournaledState, T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> question.apply(state), executor).join();
        } catch (CompletionException e) {
            throw new JournalException("The server's state cannot be told: " + e.getCause(), e);
        }
    }
}
