package io.farandole.streams;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What a processor reads from others' read models: loaded whole, pinned while a batch is folded,
 * loaded anew when it is older than {@code maxAge}.
 */
public record Reference<T>(String name, Class<T> type, Duration maxAge, Loader<T> loader) {

    /** Reads the reference as it is now. */
    @FunctionalInterface
    public interface Loader<T> {
        T load(Connection connection) throws SQLException;
    }
}
