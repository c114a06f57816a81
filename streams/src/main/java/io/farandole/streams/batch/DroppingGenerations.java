package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Drops a generation that is not the active one: it is fed no more, then its partitions are
 * detached without stopping readers or writers of the others, then dropped. Whoever is killed
 * meanwhile begins again.
 */
public final class DroppingGenerations {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String STARVE =
            """
            update streams.generation set phase = 'RETIRED', fed = false, trouble = null
            where id = ? and phase <> 'ACTIVE'
            """;
    private static final String UNFIRED =
            """
            select count(*) from streams.timer t join streams.generation g on g.id = t.generation
            where g.processor = ? and g.fed
              and g.phase in ('ACTIVE', 'RETIRED')
              and streams.speaker_of_timer(g.processor, t.domain, t.fire_at) = ?
            """;
    private static final String STORES =
            "select name from streams.store where generation = ? order by name";
    private static final String PENDING =
            """
            select i.inhdetachpending from pg_inherits i
            where i.inhrelid = to_regclass(?) and i.inhparent = to_regclass(?)
            """;
    private static final List<String> OWNED =
            List.of(
                    "source_inbox",
                    "ledger",
                    "dead_letter",
                    "watermark",
                    "timer",
                    "parked_key",
                    "work",
                    "owed",
                    "backfill",
                    "store");
    private static final String DROPPED =
            "update streams.generation set dropped_at = clock_timestamp() where id = ?";

    private final DataSource dataSource;

    public DroppingGenerations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * From now on no batch is applied to it; under the phase lock, so that none is under way.
     *
     * @param mostUnsaid of how many events it may be this one that says what follows from them, and
     *     has not yet: that is then never said
     * @throws IllegalStateException if it is the active one, or there are more
     */
    public void starve(Generation generation, long mostUnsaid) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            PhaseLocks.alone(connection, generation.processor(), PATIENCE);
            requireSaid(connection, generation, mostUnsaid);
            try (PreparedStatement starve = connection.prepareStatement(STARVE)) {
                starve.setInt(1, generation.id());
                if (starve.executeUpdate() == 0) {
                    connection.rollback();
                    throw new IllegalStateException(
                            "generation "
                                    + generation.number()
                                    + " of "
                                    + generation.processor()
                                    + " is the active one: switch to another before it is dropped");
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw Trouble.infrastructure("ending the feeding of " + generation.label(), e);
        }
    }

    /**
     * Whether it may be dropped as far as what it is to say is concerned.
     *
     * @throws IllegalStateException as {@link #starve} does
     */
    public void requireSaid(Generation generation, long mostUnsaid) {
        try (Connection connection = dataSource.getConnection()) {
            requireSaid(connection, generation, mostUnsaid);
        } catch (SQLException e) {
            throw Trouble.infrastructure("looking up what is unsaid of " + generation.label(), e);
        }
    }

    private static void requireSaid(Connection connection, Generation generation, long mostUnsaid)
            throws SQLException {
        requireFired(connection, generation, mostUnsaid);
        // Of what it has heard, and neither applied nor put aside, it will never say anything.
        String sql =
                """
                select count(*) from streams.owed o
                where o.generation = %1$d and o.says
                  and (not exists (select from %2$s i where i.event_id = o.event_id)
                    or o.event_id in (%3$s))
                """
                        .formatted(
                                generation.id(),
                                generation.partitionOf("streams.inbox"),
                                SwitchingGenerations.UNAPPLIED.formatted(generation.id()));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            try (ResultSet row = select.executeQuery()) {
                long unsaid = row.next() ? row.getLong(1) : 0;
                if (unsaid > mostUnsaid) {
                    throw new IllegalStateException(
                            "generation %d of %s is the one that says what follows from %,d events, and has not: they are on their way to it, wait, or were put aside ('farandole dlq list --processor %s'). If that need never be said, say --max-unsaid %d"
                                    .formatted(
                                            generation.number(),
                                            generation.processor(),
                                            unsaid,
                                            generation.processor(),
                                            unsaid));
                }
            }
        }
    }

    /** Of its timers, and of the same in others, which it has said and they would say again. */
    private static void requireFired(Connection connection, Generation generation, long mostUnsaid)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(UNFIRED)) {
            select.setString(1, generation.processor());
            select.setInt(2, generation.id());
            try (ResultSet row = select.executeQuery()) {
                long unfired = row.next() ? row.getLong(1) : 0;
                if (unfired > mostUnsaid) {
                    throw new IllegalStateException(
                            "generation %d of %s is the one that says what %,d timers say that have yet to fire, in it or in another: wait; of those that fail, the log tells why. If that need not be said once, say --max-unsaid %d"
                                    .formatted(
                                            generation.number(),
                                            generation.processor(),
                                            unfired,
                                            unfired));
                }
            }
        }
    }

    /** Drops what it kept, after {@link #starve}; its row stays, with the time. */
    public void drop(Generation generation) {
        try (Connection connection = dataSource.getConnection()) {
            Ddl ddl = new Ddl(connection);
            ddl.impatiently(
                    () -> {
                        for (String store : stores(connection, generation)) {
                            drop(
                                    ddl,
                                    Ddl.quoted(generation.processor()) + "." + Ddl.quoted(store),
                                    Ddl.quoted(generation.processor())
                                            + "."
                                            + Ddl.quoted(generation.partitionOf(store)));
                        }
                        drop(ddl, "streams.inbox", generation.partitionOf("streams.inbox"));
                    });
            for (String table : OWNED) {
                change(
                        connection,
                        "delete from streams." + table + " where generation = ?",
                        generation);
            }
            change(connection, DROPPED, generation);
        } catch (SQLException e) {
            throw Trouble.infrastructure("dropping " + generation.label(), e);
        }
    }

    private static void drop(Ddl ddl, String parent, String partition) throws SQLException {
        if (!ddl.exists(partition)) {
            return;
        }
        Boolean pending = pending(ddl.connection(), parent, partition);
        if (pending != null) {
            ddl.run(
                    "alter table "
                            + parent
                            + " detach partition "
                            + partition
                            + (pending ? " finalize" : " concurrently"));
        }
        ddl.run("drop table " + partition);
    }

    /** Null if it is detached already. */
    private static @Nullable Boolean pending(Connection connection, String parent, String partition)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
            statement.setString(1, partition);
            statement.setString(2, parent);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getBoolean(1) : null;
            }
        }
    }

    private static List<String> stores(Connection connection, Generation generation)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STORES)) {
            statement.setInt(1, generation.id());
            try (ResultSet rows = statement.executeQuery()) {
                List<String> stores = new ArrayList<>();
                while (rows.next()) {
                    stores.add(rows.getString(1));
                }
                return stores;
            }
        }
    }

    private static void change(Connection connection, String sql, Generation generation)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, generation.id());
            statement.executeUpdate();
        }
    }
}
