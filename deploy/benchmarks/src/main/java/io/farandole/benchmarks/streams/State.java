package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What Postgres holds of the processor, as others see it. */
final class State {

    static final String TABLE = HourlyViews.NAME + "." + HourlyViews.STORE;

    /** The id of a generation, by its processor and its number. */
    static final String GENERATION =
            "(select id from streams.generation where processor = ? and number = ?)";

    private static final String APPLIED =
            "select coalesce(sum(applied), 0)::bigint from streams.ledger where generation = "
                    + GENERATION;
    private static final String READ =
            "select key, (value ->> 'number')::bigint from "
                    + TABLE
                    + " where generation = "
                    + GENERATION;
    private static final int PORTION = 10_000;

    private final DataSource database;

    State(DataSource database) {
        this.database = database;
    }

    void clear() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists streams cascade");
            statement.execute("drop schema if exists " + HourlyViews.NAME + " cascade");
        }
    }

    /** Nothing is applied while the tables are not there yet. */
    long applied(String processor, int generation) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(APPLIED)) {
            statement.setString(1, processor);
            statement.setInt(2, generation);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    void read(int generation, Tally tally) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // Else the driver takes all rows at once.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setFetchSize(PORTION);
                statement.setString(1, HourlyViews.NAME);
                statement.setInt(2, generation);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        tally.found(rows.getString(1), rows.getLong(2));
                    }
                }
            }
            connection.rollback();
        }
    }
}
