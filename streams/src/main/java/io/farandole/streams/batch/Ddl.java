package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Statements that make tables; names in them come from checked descriptions. */
final class Ddl {

    // What waits for a table's lock holds up everyone behind it: rather fail and be tried again.
    private static final String IMPATIENTLY = "set local lock_timeout = '10s'";

    private final Connection connection;

    Ddl(Connection connection) {
        this.connection = connection;
    }

    static String quoted(String identifier) {
        return '"' + identifier + '"';
    }

    /** Until the transaction ends, nobody else does this. */
    void alone(String doing) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, doing);
            statement.execute();
        }
        run(IMPATIENTLY);
    }

    /** Several statements. */
    @FunctionalInterface
    interface Statements {
        void run() throws SQLException;
    }

    /** Outside a transaction: each waits for a lock no longer than those inside one do. */
    void impatiently(Statements statements) throws SQLException {
        run("set lock_timeout = '10s'");
        try {
            statements.run();
        } finally {
            // The connection goes back to its pool.
            run("reset lock_timeout");
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void run(List<String> statements) throws SQLException {
        if (!statements.isEmpty()) {
            run(String.join(";\n", statements));
        }
    }

    boolean exists(String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    Connection connection() {
        return connection;
    }
}
