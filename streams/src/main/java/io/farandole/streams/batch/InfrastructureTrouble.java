package io.farandole.streams.batch;

import java.sql.SQLException;
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

    /** The same trouble if it is one already. */
    static InfrastructureTrouble of(String doing, Throwable failure) {
        return switch (failure) {
            case InfrastructureTrouble already -> already;
            case SQLException sql -> Trouble.infrastructure(doing, sql);
            default -> new InfrastructureTrouble(doing + " failed: " + failure, failure);
        };
    }
}
