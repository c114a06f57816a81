package io.farandole.pubsub.fuzz;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens for what no client is told: exceptions that gRPC logs, and those that end a thread. */
final class ServerFaults extends Handler implements AutoCloseable {

    /** Held, for the log manager alone would let it go. */
    private final Logger grpc = Logger.getLogger("io.grpc");

    private final Thread.UncaughtExceptionHandler former =
            Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    ServerFaults() {
        grpc.addHandler(this);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> seen.add(thread.getName() + " ended: " + thrown));
    }

    Queue<String> seen() {
        return seen;
    }

    /** Of a request that is too large, gRPC warns as well as its client is told. */
    @Override
    public void publish(LogRecord said) {
        boolean tooLarge =
                said.getThrown() instanceof StatusRuntimeException refusal
                        && refusal.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
        if (said.getLevel().intValue() >= Level.WARNING.intValue() && !tooLarge) {
            seen.add(said.getMessage() + ": " + said.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        grpc.removeHandler(this);
        Thread.setDefaultUncaughtExceptionHandler(former);
    }
}
