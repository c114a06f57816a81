package io.farandole.processors.lists;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads all histories as they are at one moment, in the order of the users' ids. */
public final class HistoriesReading {

    private static final int PORTION = 200;

    private static final String HISTORIES =
            """
            select h.value, h.version from personalisation.histories h
            join streams.generation g on g.id = h.generation
            where g.processor = 'personalisation' and g.phase = 'ACTIVE'
            order by h.key
            """;

    private HistoriesReading() {}

    /** Is given one history after the other. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param version the row's, which changes with every change of the history
         */
        void read(History history, long version) throws SQLException;
    }

    /**
     * Says how many there were; users who are forgotten are not among them.
     *
     * @param connection is left in the middle of a transaction that read only
     */
    public static int each(Connection connection, Reader reader) throws SQLException {
        connection.setAutoCommit(false);
        int users = 0;
        try (PreparedStatement statement = connection.prepareStatement(HISTORIES)) {
            statement.setFetchSize(PORTION);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    History history = ListsJson.JSON.readValue(rows.getString(1), History.class);
                    if (!history.isForgotten()) {
                        reader.read(history, rows.getLong(2));
                        users++;
                    }
                }
            }
        }
        connection.rollback();
        return users;
    }
}
