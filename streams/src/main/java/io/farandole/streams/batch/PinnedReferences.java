package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A processor's references as last loaded. Ages are measured by this process's monotonic clock from
 * the beginning of a load: so "loaded after the message was published" needs no comparison of
 * clocks, for a load that began after the message came here began after it was published.
 */
final class PinnedReferences {

    private final Map<Reference<?>, Pin<?>> pins = new LinkedHashMap<>();
    private final DataSource dataSource;
    private final LongSupplier nanoTime;

    PinnedReferences(Processor processor, DataSource dataSource) {
        this(processor, dataSource, System::nanoTime);
    }

    PinnedReferences(Processor processor, DataSource dataSource, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        processor.references().forEach(reference -> pins.put(reference, new Pin<>(reference)));
    }

    /**
     * Every reference, none older than its maximum age.
     *
     * @param fresh whether each must be loaded after this call began
     */
    Map<Reference<?>, Object> pin(boolean fresh) {
        if (pins.isEmpty()) {
            return Map.of();
        }
        long called = nanoTime.getAsLong();
        Map<Reference<?>, Object> values = new HashMap<>();
        pins.forEach((reference, pin) -> values.put(reference, pin.value(called, fresh)));
        return values;
    }

    private final class Pin<T> {

        private final Reference<T> reference;
        private @Nullable T value;
        private long loadBegan;

        Pin(Reference<T> reference) {
            this.reference = reference;
        }

        // One load at a time: whoever waits here most often finds what they need when let in.
        synchronized Object value(long called, boolean fresh) {
            long bound = fresh ? called : called - reference.maxAge().toNanos();
            T held = value;
            if (held == null || loadBegan - bound < 0) {
                long began = nanoTime.getAsLong();
                held = load();
                value = held;
                // Only now: a load that failed must not make the old value look young.
                loadBegan = began;
            }
            return held;
        }

        private T load() {
            try (Connection connection = dataSource.getConnection()) {
                // One snapshot for all of the loader's statements, and rows in portions.
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                T loaded = reference.loader().load(connection);
                connection.commit();
                return loaded;
            } catch (SQLException e) {
                throw Trouble.infrastructure("loading reference " + reference.name(), e);
            }
        }
    }
}
