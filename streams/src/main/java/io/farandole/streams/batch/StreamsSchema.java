package io.farandole.streams.batch;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes and migrates the schema {@code streams}; its history is kept in it. */
public final class StreamsSchema {

    static final String NAME = "streams";

    private StreamsSchema() {}

    /**
     * Brings the schema up to date; safe with several instances at once.
     *
     * @throws IllegalStateException if the database does not keep what it commits
     */
    public static void migrate(DataSource dataSource) {
        DurableSettings.require(dataSource);
        Flyway.configure(StreamsSchema.class.getClassLoader())
                .dataSource(dataSource)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .locations("classpath:io/farandole/streams/schema")
                .load()
                .migrate();
    }
}
