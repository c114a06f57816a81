package io.farandole.streams;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a processor reads from others' read models: loaded whole, pinned while a batch is folded,
 * loaded anew when it is older than {@code maxAge}.
 *
 * @param currency a query of one row with one text, which may be null: by it two loads are known to
 *     be of the same. A batch asks it again once it shares its processor's phase lock, and starts
 *     over with a fresh load where the answer differs: so whoever takes that lock alone and commits
 *     a change that the currency shows, knows that every later batch sees it. A constant of the
 *     source code, never built from input, and quick: every batch asks it
 */
public record Reference<T>(
        String name, Class<T> type, Duration maxAge, Loader<T> loader, @Nullable String currency) {

    public Reference(String name, Class<T> type, Duration maxAge, Loader<T> loader) {
        this(name, type, maxAge, loader, null);
    }

    /** Reads the reference as it is now. */
    @FunctionalInterface
    public interface Loader<T> {
        T load(Connection connection) throws SQLException;
    }
}
