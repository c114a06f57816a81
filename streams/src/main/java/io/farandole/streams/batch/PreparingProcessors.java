package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.ReadModel;
import io.farandole.streams.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes what described processors need in the database: generation, schema, stores, views, inbox
 * partitions, the reader's rights. Everything may stand already, and several instances may do this
 * at once.
 */
public final class PreparingProcessors {

    private final DataSource dataSource;
    private final Clock clock;
    private final InboxHorizon horizon;
    private final Duration foldDeadline;

    public PreparingProcessors(DataSource dataSource, Clock clock) {
        this(dataSource, clock, InboxHorizon.DEFAULT);
    }

    public PreparingProcessors(DataSource dataSource, Clock clock, InboxHorizon horizon) {
        this(dataSource, clock, horizon, HangingFolds.DEADLINE);
    }

    /**
     * @param foldDeadline how long code may take with one message before it is given up
     */
    public PreparingProcessors(
            DataSource dataSource, Clock clock, InboxHorizon horizon, Duration foldDeadline) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.horizon = horizon;
        this.foldDeadline = foldDeadline;
    }

    /**
     * Makes what is missing, in one transaction.
     *
     * @throws IllegalStateException if the description does not go with what the database holds
     */
    public PreparedProcessor prepare(Processor processor) {
        return prepare(processor, generations -> generations.active(processor));
    }

    /**
     * Registers a new generation beside those that there are, and makes its tables.
     *
     * @throws IllegalStateException if the description does not go with what the database holds
     */
    public PreparedProcessor prepareNew(Processor processor) {
        return prepare(processor, generations -> generations.create(processor));
    }

    /**
     * Makes what this generation lacks.
     *
     * @throws IllegalStateException if the description does not go with what the database holds
     */
    public PreparedProcessor prepare(Processor processor, Generation generation) {
        return prepare(processor, _ -> generation);
    }

    /** Finds, or makes, a generation. */
    @FunctionalInterface
    private interface Choosing {
        Generation in(Generations generations) throws SQLException;
    }

    private PreparedProcessor prepare(Processor processor, Choosing choosing) {
        Description.check(processor, horizon);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Ddl ddl = new Ddl(connection);
                ddl.alone("farandole prepares " + processor.name());
                Generation generation = choosing.in(new Generations(connection));
                Instant forgotten = makeTables(processor, generation, ddl);
                Currencies.remember(connection, generation, processor);
                Replays replays = Replays.read(connection, generation);
                connection.commit();
                return new PreparedProcessor(
                        processor,
                        generation,
                        dataSource,
                        clock,
                        horizon,
                        forgotten,
                        new HangingFolds(foldDeadline),
                        replays);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("preparing processor " + processor.name(), e);
        }
    }

    /** Makes the inbox partitions of the days ahead and drops those past the horizon. */
    public void keepInboxes() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Ddl ddl = new Ddl(connection);
            ddl.alone("farandole keeps inboxes");
            List<Generation> internal = new Generations(connection).withDailyInbox();
            for (Generation generation : internal) {
                new InboxPartitions(ddl, generation).ensure(horizon, clock.instant());
            }
            connection.commit();
            connection.setAutoCommit(true);
            ddl.impatiently(
                    () -> {
                        for (Generation generation : internal) {
                            new InboxPartitions(ddl, generation).retire(horizon, clock.instant());
                        }
                    });
        } catch (SQLException e) {
            throw Trouble.infrastructure("keeping the inbox partitions", e);
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Since when the ids of internal events are remembered, as far as that was ever cut. */
    private Instant makeTables(Processor processor, Generation generation, Ddl ddl)
            throws SQLException {
        Instant forgotten = Instant.EPOCH;
        if (processor.ring() == Processor.Ring.INTERNAL) {
            InboxPartitions inbox = new InboxPartitions(ddl, generation);
            inbox.create();
            inbox.ensure(horizon, clock.instant());
            forgotten = inbox.forgottenBefore().atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        ddl.run("create schema if not exists " + Ddl.quoted(processor.name()));
        StoreShapes shapes = new StoreShapes(ddl, generation);
        List<String> readable = new ArrayList<>();
        for (Store<?> store : processor.stores()) {
            shapes.check(store);
            StoreTable table = new StoreTable(generation, store);
            table.create(ddl);
            readable.add(table.parent());
        }
        ReadModels views = new ReadModels(ddl, processor.name());
        for (ReadModel readModel : processor.readModels()) {
            views.ensure(readModel);
            readable.add(views.nameOf(readModel));
        }
        new ReaderRights(ddl).grant(processor.name(), readable);
        return forgotten;
    }
}
