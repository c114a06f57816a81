package io.farandole.orchestrator.keys;

import io.farandole.streams.migrating.Migrating;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes and migrates the schema {@code access}; its history is kept in it. */
record KeySchema(DataSource database) {

    private static final String NAME = "access";

    // At every start: the role may have been made after the table. One at a time, for Postgres
    // fails whoever changes the rights on a table that another is changing them on.
    private static final String GRANT =
            """
            do
            $$
            begin
              perform pg_advisory_xact_lock(hashtextextended('farandole grants what is read', 0));
              if exists (select from pg_roles where rolname = 'farandole_reader') then
                grant usage on schema access to farandole_reader;
                grant select on access.api_key to farandole_reader;
              end if;
            end
            $$
            """;

    /** Brings the schema up to date; safe with several instances at once. */
    void migrate() {
        Migrating.migrate(database, NAME, KeySchema.class, "io/farandole/orchestrator/keys/schema");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(GRANT);
        } catch (SQLException e) {
            throw new IllegalStateException("the rights on keys could not be given", e);
        }
    }
}
