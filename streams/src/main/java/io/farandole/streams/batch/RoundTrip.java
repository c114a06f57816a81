package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that go to the server together and come back together; the driver sends a
 * prepared statement of several parts without waiting in between.
 */
final class RoundTrip {

    private final StringBuilder sql = new StringBuilder(1024);
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** Takes one row of a statement's result. */
    @FunctionalInterface
    interface Reading {
        void row(ResultSet rows) throws SQLException;
    }

    private record Part(@Nullable Reading reading, @Nullable String changing, int rows) {}

    /** A statement whose rows are read. */
    RoundTrip read(Reading reading, String statement, @Nullable Object... values) {
        return add(new Part(reading, null, 0), statement, values);
    }

    /** A statement whose result does not matter. */
    RoundTrip run(String statement, @Nullable Object... values) {
        return add(new Part(null, null, 0), statement, values);
    }

    /**
     * A statement that must change exactly so many rows.
     *
     * @param what what is changed, for the fault if it is another number
     */
    RoundTrip change(int rows, String what, String statement, @Nullable Object... values) {
        return add(new Part(null, what, rows), statement, values);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    void send(Connection connection) throws SQLException {
        if (isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                bind(connection, statement, i + 1, parameters.get(i));
            }
            boolean rows = statement.execute();
            for (Part part : parts) {
                take(statement, rows, part);
                rows = statement.getMoreResults();
            }
        }
    }

    private RoundTrip add(Part part, String statement, @Nullable Object... values) {
        sql.append(parts.isEmpty() ? "" : ";\n").append(statement);
        parts.add(part);
        for (Object value : values) {
            parameters.add(value);
        }
        return this;
    }

    private static void take(PreparedStatement statement, boolean hasRows, Part part)
            throws SQLException {
        if (part.reading != null && hasRows) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    part.reading.row(rows);
                }
            }
        }
        if (part.changing != null && statement.getUpdateCount() != part.rows) {
            throw new Contended(
                    part.changing
                            + ": "
                            + statement.getUpdateCount()
                            + " rows were changed instead of "
                            + part.rows);
        }
    }

    private static void bind(
            Connection connection, PreparedStatement statement, int at, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setObject(at, null);
            case String[] texts -> statement.setArray(at, connection.createArrayOf("text", texts));
            case UUID[] ids -> statement.setArray(at, connection.createArrayOf("uuid", ids));
            // The driver knows arrays of numbers and of bytes by themselves.
            default -> statement.setObject(at, value);
        }
    }
}
