package io.farandole.orchestrator.outbox;

import io.farandole.streams.migrating.Migrating;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes and migrates the schema {@code gateway}; its history is kept in it. */
record OutboxSchema(DataSource database) {

    private static final String NAME = "gateway";

    // At every start: the role may have been made after the table. Its only rights are these: what
    // the API reads it reads as another. Locking a row needs the right to change it.
    private static final String GRANT =
            """
            do
            $$
            begin
              perform pg_advisory_xact_lock(hashtextextended('farandole grants what is read', 0));
              if exists (select from pg_roles where rolname = 'farandole_gateway') then
                grant usage on schema gateway to farandole_gateway;
                grant select, insert, update, delete on gateway.outbox to farandole_gateway;
              end if;
            end
            $$
            """;

    /** Brings the schema up to date; safe with several instances at once. */
    void migrate() {
        Migrating.migrate(
                database, NAME, OutboxSchema.class, "io/farandole/orchestrator/outbox/schema");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(GRANT);
        } catch (SQLException e) {
            throw new IllegalStateException("the rights on the outbox could not be given", e);
        }
    }
}
