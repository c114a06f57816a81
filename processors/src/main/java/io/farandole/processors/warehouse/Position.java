package io.farandole.processors.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The last batch and the last row there were: the next ones have greater numbers, for ever. */
final class Position {

    private long batch;
    private long row;

    private Position(long batch, long row) {
        this.batch = batch;
        this.row = row;
    }

    /** As it is kept; rows that were forgotten count. */
    static Position in(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet last =
                        statement.executeQuery(
                                "select coalesce(max(id), 0), coalesce(max(last_position), 0)"
                                        + " from batch")) {
            last.next();
            return new Position(last.getLong(1), last.getLong(2));
        }
    }

    long batch() {
        return batch;
    }

    long row() {
        return row;
    }

    /** After a commit. */
    void moved(long lastBatch, long lastRow) {
        batch = lastBatch;
        row = lastRow;
    }
}
