package io.farandole.streams.batch;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the role that only reads may see. */
final class ReaderRights {

    private static final String READER = "farandole_reader";
    private static final List<String> BOOKS =
            List.of(
                    "streams.generation",
                    "streams.ledger",
                    "streams.dead_letter",
                    "streams.timer",
                    "streams.watermark",
                    "streams.work");
    private static final String MISSING =
            """
            select not has_schema_privilege(r.oid, ?, 'usage')
                or exists (
                    select from unnest(?::text[]) t(name)
                    where not has_table_privilege(r.oid, t.name, 'select'))
            from pg_roles r where r.rolname = ?
            """;

    private final Ddl ddl;

    ReaderRights(Ddl ddl) {
        this.ddl = ddl;
    }

    /** Grants what is missing; nothing where the role does not exist. */
    void grant(String schema, List<String> tables) throws SQLException {
        grantIn(StreamsSchema.NAME, BOOKS);
        grantIn(schema, tables);
    }

    private void grantIn(String schema, List<String> tables) throws SQLException {
        if (!misses(schema, tables)) {
            return;
        }
        // One lock for all processors: what they share is granted by whichever starts first, and
        // Postgres fails whoever changes the rights on a table that another is changing them on.
        ddl.alone("farandole grants what is read");
        if (!misses(schema, tables)) {
            return;
        }
        List<String> statements = new ArrayList<>();
        statements.add("grant usage on schema " + Ddl.quoted(schema) + " to " + READER);
        tables.forEach(table -> statements.add("grant select on " + table + " to " + READER));
        ddl.run(statements);
    }

    private boolean misses(String schema, List<String> tables) throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(MISSING)) {
            statement.setString(1, schema);
            statement.setArray(
                    2, ddl.connection().createArrayOf("text", tables.toArray(String[]::new)));
            statement.setString(3, READER);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
