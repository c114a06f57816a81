package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.Delivery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How often a batch goes to the server, whatever is in it: each time costs what the network does.
 */
final class RoundTripsIT {

    /** Claims, rows, changes, outbox, books. */
    private static final int OF_A_BATCH = 5;

    private final AtomicInteger trips = new AtomicInteger();
    private final BatchDatabase database = BatchDatabase.fresh();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void neitherWindowsNorTimersAddAny() {
        SettableClock clock = new SettableClock(WindowsContract.START);
        PreparingProcessors preparing = new PreparingProcessors(counting(database.pool(2)), clock);
        PreparedProcessor plain = preparing.prepare(Counting.processor());
        PreparedProcessor windowed = preparing.prepare(Visits.processor());
        Instant now = clock.instant();

        assertThat(
                        trips(
                                plain.batches(Counting.SOURCE),
                                Deliveries.rated(1, "a", "x", now),
                                Deliveries.rated(2, "b", "x", now)))
                .isEqualTo(OF_A_BATCH);
        assertThat(
                        trips(
                                windowed.batches(Visits.SOURCE),
                                StoredVisits.delivery(
                                        WindowsContract.viewed(1, "ann", "hour", 0, 0)),
                                StoredVisits.delivery(
                                        WindowsContract.viewed(2, "bob", "remind", 0, 0)),
                                StoredVisits.delivery(
                                        WindowsContract.viewed(3, "cat", "forget", 0, 0))))
                .isEqualTo(OF_A_BATCH - 1);
        assertThat(database.number("select count(*) from streams.timer")).isEqualTo(2);
    }

    private int trips(BatchTransaction<?> transaction, Delivery... batch) {
        int before = trips.get();
        assertThat(transaction.apply(List.of(batch), 0).applied()).isEqualTo(batch.length);
        return trips.get() - before;
    }

    private DataSource counting(DataSource database) {
        return proxy(DataSource.class, database);
    }

    // A round trip is one prepared statement, however many parts it has.
    private <T> T proxy(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                trips.incrementAndGet();
                            }
                            try {
                                Object result = method.invoke(real, arguments);
                                return result instanceof Connection connection
                                        ? proxy(Connection.class, connection)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
