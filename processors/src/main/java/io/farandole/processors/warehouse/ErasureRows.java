package io.farandole.processors.warehouse;

import io.farandole.streams.Erasures;
import io.farandole.streams.Told;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who asked to be forgotten, as it is kept. */
final class ErasureRows {

    private ErasureRows() {}

    static Erasures all(Connection connection) throws SQLException {
        Erasures erasures = new Erasures();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select told_at, source, id, key from erasure")) {
            while (rows.next()) {
                erasures.add(rows.getString(4), told(rows));
            }
        }
        return erasures;
    }

    /** When one asked last, as far as it is known. */
    static @Nullable Told of(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select told_at, source, id from erasure where key = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? told(rows) : null;
            }
        }
    }

    private static Told told(ResultSet rows) throws SQLException {
        return new Told(Instant.parse(rows.getString(1)), rows.getString(2), rows.getString(3));
    }
}
