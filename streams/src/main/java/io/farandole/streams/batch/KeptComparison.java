package io.farandole.streams.batch;

import io.farandole.streams.batch.ComparingGenerations.Comparison;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a comparison of a generation with the one that served found, and when.
 *
 * @param found without examples
 */
public record KeptComparison(long id, Instant at, Comparison found) {

    private static final String KEEP =
            """
            insert into streams.comparison (generation, against, unequal, found)
            values (?, ?, ?, ?::jsonb) returning id, compared_at
            """;
    private static final String LAST =
            """
            select id, compared_at, found from streams.comparison
            where generation = ? order by id desc limit 1
            """;
    private static final String OF_BOTH =
            """
            select id, compared_at, found from streams.comparison
            where id = ? and generation = ? and against = ?
            """;

    static KeptComparison keep(
            DataSource dataSource, Generation against, Generation of, Comparison found) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setInt(1, of.id());
            statement.setInt(2, against.id());
            statement.setLong(3, found.unequal());
            statement.setString(4, Values.JSON.writeValueAsString(found));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new KeptComparison(rows.getLong(1), instant(rows), found);
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("keeping the comparison of " + of.label(), e);
        }
    }

    static Optional<KeptComparison> lastOf(DataSource dataSource, Generation generation) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(LAST)) {
            statement.setInt(1, generation.id());
            return first(statement);
        } catch (SQLException e) {
            throw Trouble.infrastructure(
                    "reading what the comparison of " + generation.label() + " found", e);
        }
    }

    /**
     * @return nothing if that comparison is not there, or was of others
     */
    static Optional<KeptComparison> find(
            Connection connection, long id, Generation against, Generation of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_BOTH)) {
            statement.setLong(1, id);
            statement.setInt(2, of.id());
            statement.setInt(3, against.id());
            return first(statement);
        }
    }

    private static Optional<KeptComparison> first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(
                            new KeptComparison(
                                    rows.getLong(1),
                                    instant(rows),
                                    Values.JSON.readValue(rows.getString(3), Comparison.class)))
                    : Optional.empty();
        }
    }

    private static Instant instant(ResultSet rows) throws SQLException {
        return rows.getObject(2, OffsetDateTime.class).toInstant();
    }
}
