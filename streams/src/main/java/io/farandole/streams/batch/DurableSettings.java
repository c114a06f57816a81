package io.farandole.streams.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The settings without which a commit is only a hope. */
final class DurableSettings {

    private static final String SETTINGS =
            """
            select name, setting from pg_settings
            where name in ('fsync', 'full_page_writes', 'synchronous_commit')
            order by name
            """;
    private static final Set<String> DURABLE = Set.of("on", "remote_apply");

    private DurableSettings() {}

    static void require(DataSource dataSource) {
        List<String> wrong = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SETTINGS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (!DURABLE.contains(rows.getString(2))) {
                    wrong.add(rows.getString(1) + " = " + rows.getString(2));
                }
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("reading the durability settings of Postgres", e);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "Postgres may lose what it commits: "
                            + String.join(", ", wrong)
                            + ". Set each of them to on (postgresql.conf, or ALTER ROLE / ALTER"
                            + " DATABASE … RESET) and start again.");
        }
    }
}
