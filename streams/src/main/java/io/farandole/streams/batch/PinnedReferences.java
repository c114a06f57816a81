package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    Pinned pin(boolean fresh) {
        if (pins.isEmpty()) {
            return Pinned.NOTHING;
        }
        long called = nanoTime.getAsLong();
        Map<Reference<?>, Loaded> loads = new LinkedHashMap<>();
        pins.forEach((reference, pin) -> loads.put(reference, pin.loaded(called, fresh)));
        return new Pinned(loads, this::outdate);
    }

    private void outdate(Reference<?> reference, Loaded outdated) {
        Pin<?> pin = pins.get(reference);
        if (pin != null) {
            pin.outdate(outdated);
        }
    }

    /**
     * What one load brought.
     *
     * @param number among the loads of its reference
     */
    record Loaded(Object value, @Nullable String currency, int number) {}

    private final class Pin<T> {

        private final Reference<T> reference;
        private @Nullable Loaded loaded;
        private long loadBegan;
        private int loads;

        Pin(Reference<T> reference) {
            this.reference = reference;
        }

        // One load at a time: whoever waits here most often finds what they need when let in.
        synchronized Loaded loaded(long called, boolean fresh) {
            long bound = fresh ? called : called - reference.maxAge().toNanos();
            Loaded held = loaded;
            if (held == null || loadBegan - bound < 0) {
                long began = nanoTime.getAsLong();
                held = load();
                loaded = held;
                // Only now: a load that failed must not make the old value look young.
                loadBegan = began;
            }
            return held;
        }

        // What another thread loaded meanwhile stays.
        synchronized void outdate(Loaded outdated) {
            if (loaded != null && loaded.number() == outdated.number()) {
                loaded = null;
            }
        }

        private Loaded load() {
            try (Connection connection = dataSource.getConnection()) {
                // One snapshot for all of the loader's statements, and rows in portions.
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                String currency = currency(connection);
                Object value = value(connection);
                connection.commit();
                return new Loaded(value, currency, ++loads);
            } catch (SQLException e) {
                throw Trouble.infrastructure("loading reference " + reference.name(), e);
            }
        }

        private Object value(Connection connection) throws SQLException {
            try {
                return Objects.requireNonNull(
                        reference.loader().load(connection), "the loader brought nothing");
            } catch (VirtualMachineError e) {
                throw e;
            } catch (RuntimeException | Error e) {
                // It fails whatever the batch: no message is to be put aside for it.
                throw InfrastructureTrouble.of("loading reference " + reference.name(), e);
            }
        }

        private @Nullable String currency(Connection connection) throws SQLException {
            Currency asked = new Currency(reference);
            RoundTrip asking = new RoundTrip();
            asked.ask(asking);
            asking.send(connection);
            return asked.answer();
        }
    }
}
