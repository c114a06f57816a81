package io.farandole.streams.batch;

import org.jspecify.annotations.Nullable;

/**
 * The database, or the way to it, fails: no message is to blame and none was dead-lettered. Whoever
 * feeds batches pauses and tries the same deliveries again, or leaves them to be redelivered.
 */
public final class InfrastructureTrouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InfrastructureTrouble(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
