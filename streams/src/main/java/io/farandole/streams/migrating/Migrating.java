package io.farandole.streams.migrating;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes and migrates one schema of a module, whose history is kept in it. */
public final class Migrating {

    /**
     * A migration and its line in the history are committed together. With the lock that Flyway
     * takes otherwise they are in two transactions, and who is killed between them finds a schema
     * that is ahead of its history and cannot be migrated any more.
     */
    private static final Map<String, String> ON_ONE_CONNECTION =
            Map.of("flyway.postgresql.transactional.lock", "false");

    private Migrating() {}

    /**
     * Brings the schema up to date; safe with several instances at once, and wherever one ends.
     *
     * @param owner of whose module the migrations are
     * @param folder where they lie in it, as {@code io/farandole/…/schema}
     */
    public static void migrate(DataSource database, String schema, Class<?> owner, String folder) {
        Flyway.configure(owner.getClassLoader())
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .configuration(ON_ONE_CONNECTION)
                .locations("classpath:" + folder)
                .load()
                .migrate();
    }
}
