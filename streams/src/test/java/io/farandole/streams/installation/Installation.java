package io.farandole.streams.installation;

import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.EmbeddedPubSub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A fresh Pub/Sub server, and on the Postgres that all tests of this JVM share, emptied, if on no
 * other.
 */
public final class Installation implements AutoCloseable {

    // Held here, for the log manager holds it but weakly: the client tells at length of streams
    // which tests end on purpose.
    private static final Logger CLIENT = Logger.getLogger("com.google.cloud.pubsub.v1");

    static {
        CLIENT.setLevel(Level.OFF);
    }

    private EmbeddedPubSub pubSub;
    private final DurablePostgres postgres;
    private final Wiring wiring;

    public Installation() {
        this(EmbeddedPubSub.start());
    }

    public Installation(EmbeddedPubSub pubSub) {
        this(pubSub, SharedPostgres.clean());
    }

    /** On a Postgres of its own, which whoever made it ends. */
    public Installation(EmbeddedPubSub pubSub, DurablePostgres postgres) {
        this.pubSub = pubSub;
        this.postgres = postgres;
        wiring = wire();
    }

    public DurablePostgres postgres() {
        return postgres;
    }

    public EmbeddedPubSub pubSub() {
        return pubSub;
    }

    public Wiring wiring() {
        return wiring;
    }

    /** As another process would be wired. */
    public Wiring wire() {
        return new Wiring(
                postgres.jdbcUrl(),
                postgres.owner().user(),
                postgres.owner().password(),
                pubSub.endpoint());
    }

    /** Ends the broker and starts this one at the same place. */
    public void restartPubSub(EmbeddedPubSub.Builder again) {
        int port = pubSub.port();
        pubSub.close();
        pubSub = again.port(port).start();
    }

    public void execute(String sql) {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The number in the only row and column; 0 if the tables are not there yet. */
    public long number(String sql) {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState())) {
                return 0;
            }
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        wiring.close();
        pubSub.close();
    }
}
