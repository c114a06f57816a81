package io.farandole.processors.deployment;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes and migrates the schema {@code deployment}; its history is kept in it. */
final class ReleaseSchema {

    private static final String NAME = "deployment";

    private ReleaseSchema() {}

    /** Brings the schema up to date; safe with several instances at once. */
    static void migrate(DataSource database) {
        Flyway.configure(ReleaseSchema.class.getClassLoader())
                .dataSource(database)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .locations("classpath:io/farandole/processors/deployment/schema")
                .load()
                .migrate();
    }
}
