package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A processor's references as last loaded, each loaded anew beside the batches when it comes close
 * to its maximum age: where there is always a next batch, none waits for a load. Ages are measured
 * by this process's monotonic clock from the beginning of a load: so "loaded after the message was
 * published" needs no comparison of clocks, for a load that began after the message came here began
 * after it was published.
 */
final class PinnedReferences {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedReferences.class);

    /** The part of its maximum age after which a reference is loaded ahead. */
    private static final double YOUNG = 0.75;

    private final Map<Reference<?>, Pin<?>> pins = new LinkedHashMap<>();
    private final DataSource dataSource;
    private final LongSupplier nanoTime;
    private final Executor ahead;

    PinnedReferences(Processor processor, DataSource dataSource) {
        this(processor, dataSource, System::nanoTime, Thread::startVirtualThread);
    }

    /**
     * @param ahead loads what will soon be too old
     */
    PinnedReferences(
            Processor processor, DataSource dataSource, LongSupplier nanoTime, Executor ahead) {
        this.dataSource = dataSource;
        this.nanoTime = nanoTime;
        this.ahead = ahead;
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
        private final AtomicInteger loads = new AtomicInteger();
        private final AtomicBoolean isLoadedAhead = new AtomicBoolean();
        private @Nullable Loaded loaded;
        private long loadBegan;

        Pin(Reference<T> reference) {
            this.reference = reference;
        }

        // One load at a time: whoever waits here most often finds what they need when let in.
        synchronized Loaded loaded(long called, boolean fresh) {
            long maxAge = reference.maxAge().toNanos();
            Loaded held = loaded;
            if (held == null || loadBegan - (fresh ? called : called - maxAge) < 0) {
                long began = nanoTime.getAsLong();
                held = load();
                hold(held, began);
            } else if (loadBegan - (called - (long) (maxAge * YOUNG)) < 0
                    && isLoadedAhead.compareAndSet(false, true)) {
                ahead.execute(this::loadAhead);
            }
            return held;
        }

        // Past the lock, so that no batch waits for it.
        private void loadAhead() {
            try {
                long began = nanoTime.getAsLong();
                Loaded young = load();
                synchronized (this) {
                    if (loaded == null || loadBegan - began < 0) {
                        hold(young, began);
                    }
                }
            } catch (InfrastructureTrouble e) {
                // Nobody needs it yet: the batch that does loads it itself, and fails if it fails.
                LOG.debug("{} was not loaded ahead", reference.name(), e);
            } finally {
                isLoadedAhead.set(false);
            }
        }

        // Only after the load: one that failed must not make the old value look young.
        private void hold(Loaded brought, long began) {
            loaded = brought;
            loadBegan = began;
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
                return new Loaded(value, currency, loads.incrementAndGet());
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
