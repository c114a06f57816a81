package io.farandole.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that effectively-once rests on, asked of the server itself: a file may say one thing
 * and it do another.
 */
final class Durability {

    private static final List<String> REQUIRED =
            List.of("fsync", "full_page_writes", "synchronous_commit");

    private Durability() {}

    static void check(PostgresEndpoint endpoint, Layout layout) {
        List<String> off = new ArrayList<>();
        try (Connection connection = endpoint.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : REQUIRED) {
                String value = show(statement, setting);
                if (!value.equals("on")) {
                    off.add(setting + " = " + value);
                }
            }
        } catch (SQLException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START,
                    "The Postgres of "
                            + layout.directory()
                            + " does not let its owner in on port "
                            + endpoint.port()
                            + ": "
                            + e.getMessage()
                            + "; its log is "
                            + layout.log()
                            + ".",
                    e);
        }
        if (!off.isEmpty()) {
            throw new PostgresFault(
                    PostgresFault.Reason.NOT_DURABLE,
                    "The Postgres of "
                            + layout.directory()
                            + " would lose events in a crash: "
                            + String.join(", ", off)
                            + ". Take the setting out of "
                            + layout.data().resolve("postgresql.auto.conf")
                            + " and "
                            + layout.data().resolve("postgresql.conf")
                            + ", and start again.");
        }
    }

    // SHOW takes no parameters; the names are the constants above.
    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("show " + setting)) {
            return row.next() ? row.getString(1) : "unknown";
        }
    }
}
