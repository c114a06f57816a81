package io.farandole.streams.batch;

import io.farandole.streams.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The rows of a batch: those locked, at the version that was read, and the values of all. */
final class HeldRows {

    /** The version of a row that is not there: none in the table has it. */
    static final long MISSING = -1;

    private final Map<Row<?>, Object> values = new HashMap<>();
    private final Map<Row<?>, Long> versions = new HashMap<>();
    private @Nullable Instant watermark;

    Map<Row<?>, Object> values() {
        return values;
    }

    /** The locked rows and the versions that were read. */
    Map<Row<?>, Long> versions() {
        return versions;
    }

    /** How far event time had come when the rows were locked; null if that was not asked. */
    @Nullable Instant watermark() {
        return watermark;
    }

    void reached(@Nullable Instant eventTime) {
        watermark = eventTime;
    }

    void lock(Row<?> row, long version, @Nullable String json) {
        versions.put(row, version);
        read(row, json);
    }

    /** It is not there, unless it was found. */
    void missing(Row<?> row) {
        versions.putIfAbsent(row, MISSING);
    }

    void read(Row<?> row, @Nullable String json) {
        if (json == null) {
            return;
        }
        try {
            values.put(row, Values.JSON.readValue(json, row.store().type()));
        } catch (JacksonException e) {
            // No message is to blame for what is in the table.
            throw new InfrastructureTrouble(
                    "row "
                            + row.key()
                            + " of store "
                            + row.store().name()
                            + " cannot be read as "
                            + row.store().type().getSimpleName()
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
