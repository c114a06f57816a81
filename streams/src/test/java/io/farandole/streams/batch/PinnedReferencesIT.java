package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.streams.MessageFault;
import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PinnedReferencesIT {

    private static final Duration AGE = Duration.ofSeconds(2);

    private final AtomicInteger loads = new AtomicInteger();
    private final Queue<Runnable> ahead = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final Reference<Integer> reference =
            new Reference<>("loads", Integer.class, AGE, _ -> load());
    private final Processor processor = Processor.named("p").looksUp(reference).build();
    private @Nullable SQLException failure;
    private BatchDatabase database;
    private PinnedReferences pinned;

    @BeforeEach
    void pin() {
        database = BatchDatabase.emptied();
        pinned = new PinnedReferences(processor, database.pool(1), nanos::get, ahead::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int load() throws SQLException {
        if (failure != null) {
            throw failure;
        }
        return loads.incrementAndGet();
    }

    private Object value(boolean fresh) {
        return pinned.pin(fresh).values().getOrDefault(reference, -1);
    }

    @Test
    void areLoadedAgainOnceTooOld() {
        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(AGE.toNanos());
        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(1);
        assertThat(value(false)).isEqualTo(2);
    }

    @Test
    void areLoadedAheadOfTheirAgeWhileTheOldOnesServe() {
        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(AGE.toNanos() * 3 / 4);
        value(false);
        assertThat(ahead).isEmpty();
        nanos.addAndGet(1);
        assertThat(value(false)).isEqualTo(1);
        value(false);
        assertThat(ahead).hasSize(1);

        ahead.remove().run();

        nanos.addAndGet(AGE.toNanos() / 2);
        assertThat(value(false)).isEqualTo(2);
        assertThat(ahead).isEmpty();
    }

    @Test
    void areNotReplacedByOlderOnesThatWereLoadedAhead() {
        value(false);
        nanos.addAndGet(AGE.toNanos());
        value(false);
        assertThat(value(true)).isEqualTo(1 + 1);
        nanos.addAndGet(-1);

        ahead.remove().run();

        nanos.addAndGet(1);
        assertThat(value(false)).isEqualTo(2);
    }

    @Test
    void areLoadedByTheBatchThatNeedsThemWhenTheyCouldNotBeAhead() {
        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(AGE.toNanos());
        assertThat(value(false)).isEqualTo(1);
        failure = new SQLException("gone", "57P01");

        ahead.remove().run();

        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(1);
        assertThatThrownBy(() -> value(false)).isInstanceOf(InfrastructureTrouble.class);
        failure = null;
        assertThat(value(false)).isEqualTo(2);
    }

    @Test
    void areLoadedAgainWhereFreshOnesAreNeeded() {
        assertThat(value(false)).isEqualTo(1);
        nanos.addAndGet(1);
        assertThat(value(true)).isEqualTo(2);
        assertThat(value(false)).isEqualTo(2);
    }

    @Test
    void seeOneSnapshotAndCannotWrite() {
        DataSource pool = database.pool(1);
        Reference<String> writing =
                new Reference<>(
                        "writing",
                        String.class,
                        AGE,
                        connection -> {
                            try (var statement = connection.createStatement()) {
                                statement.execute("delete from streams.ledger");
                                return "deleted";
                            }
                        });
        assertThatThrownBy(
                        () ->
                                new PinnedReferences(
                                                Processor.named("p").looksUp(writing).build(), pool)
                                        .pin(false))
                .isInstanceOf(InfrastructureTrouble.class)
                .hasMessageContaining("loading reference writing")
                .hasMessageContaining("read-only");
    }

    @Test
    void areTroubleOfTheDatabaseWhenTheyCannotBeLoaded() {
        Reference<String> failing =
                new Reference<>(
                        "failing",
                        String.class,
                        AGE,
                        _ -> {
                            throw new SQLException("no such view", "42P01");
                        });
        assertThatThrownBy(
                        () ->
                                new PinnedReferences(
                                                Processor.named("p").looksUp(failing).build(),
                                                database.pool(1))
                                        .pin(false))
                .isInstanceOf(InfrastructureTrouble.class);
    }

    @Test
    void areNoMessagesFaultWhateverTheirLoaderThrows() {
        List<Throwable> failures =
                List.of(
                        new UncheckedIOException(new IOException("no such model file")),
                        new NoClassDefFoundError("Codec"),
                        new IllegalStateException(
                                "malformed", new SQLException("not a number", "22P02")),
                        new SQLException("not a number", "22P02"));
        assertThat(failures)
                .allSatisfy(
                        failure ->
                                assertThatThrownBy(() -> loading(failure).pin(false))
                                        .isInstanceOf(InfrastructureTrouble.class)
                                        .hasMessageContaining("loading reference failing")
                                        .hasCause(failure)
                                        .extracting(thrown -> Trouble.of(MessageFault.of(thrown)))
                                        .isEqualTo(Trouble.INFRASTRUCTURE));
    }

    @Test
    void doNotHideThatTheMachineIsAtItsEnd() {
        OutOfMemoryError failure = new OutOfMemoryError("heap");
        assertThatThrownBy(() -> loading(failure).pin(false)).isSameAs(failure);
    }

    private PinnedReferences loading(Throwable failure) {
        Reference<String> failing =
                new Reference<>(
                        "failing",
                        String.class,
                        AGE,
                        _ -> {
                            switch (failure) {
                                case SQLException sql -> throw sql;
                                case RuntimeException unchecked -> throw unchecked;
                                case Error error -> throw error;
                                default -> throw new AssertionError(failure);
                            }
                        });
        return new PinnedReferences(
                Processor.named("p").looksUp(failing).build(), database.pool(1));
    }
}
