package io.farandole.streams.running;

import java.time.Instant;

/** Whether a worker works, and if not, since when and why. */
sealed interface WorkerState {

    WorkerState WORKING = new Working();

    record Working() implements WorkerState {}

    /** The database or the network is in trouble; the same batch is tried again and again. */
    record Paused(Instant since, String reason) implements WorkerState {}

    /** A fault of ours ended the batch, which was given back; the worker starts anew. */
    record Failed(Instant since, String reason) implements WorkerState {}
}
