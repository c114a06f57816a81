package io.farandole.streams.batch;

import io.farandole.streams.migrating.Migrating;
import javax.sql.DataSource;

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
        Migrating.migrate(dataSource, NAME, StreamsSchema.class, "io/farandole/streams/schema");
    }
}
