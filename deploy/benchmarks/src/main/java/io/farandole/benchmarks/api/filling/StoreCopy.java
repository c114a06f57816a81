package io.farandole.benchmarks.api.filling;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.farandole.streams.Processor;
import io.farandole.streams.Store;
import io.farandole.streams.testing.ProcessorDriver;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * Copies the rows that processors made in memory into the tables of the generations that serve, as
 * the processors keep them there.
 */
final class StoreCopy {

    // As streams writes values, save the order of their properties, which jsonb does not keep.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private static final String GENERATIONS =
            "select processor, id from streams.generation where phase = 'ACTIVE'";
    private static final String WATERMARK =
            "insert into streams.watermark (generation, worker, event_time) values (?, 0, ?)"
                    + " on conflict (generation, worker) do update set event_time = excluded.event_time";

    private final DataSource database;
    private final Map<String, Integer> generations;

    StoreCopy(DataSource database) throws SQLException {
        this.database = database;
        this.generations = generations(database);
    }

    private static Map<String, Integer> generations(DataSource database) throws SQLException {
        Map<String, Integer> generations = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(GENERATIONS)) {
            while (rows.next()) {
                generations.put(rows.getString(1), rows.getInt(2));
            }
        }
        return generations;
    }

    /** All rows of all stores. */
    void copy(Processor processor, ProcessorDriver driver) throws SQLException {
        for (Store<?> store : processor.stores()) {
            copy(processor, store, driver);
        }
    }

    private <V> void copy(Processor processor, Store<V> store, ProcessorDriver driver)
            throws SQLException {
        StringBuilder lines = new StringBuilder();
        int generation = generation(processor);
        driver.rows(store)
                .forEach(
                        (key, value) ->
                                lines.append(generation)
                                        .append('\t')
                                        .append(escaped(key))
                                        .append('\t')
                                        .append(escaped(JSON.writeValueAsString(value)))
                                        .append("\t1\n"));
        if (lines.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s.%s (generation, key, value, version) from stdin"
                                    .formatted(processor.name(), store.name()),
                            new StringReader(lines.toString()));
        } catch (IOException e) {
            throw new SQLException("rows of " + store.name() + " could not be copied", e);
        }
    }

    /** How far event time has come. */
    void watermark(Processor processor, Instant reached) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(WATERMARK)) {
            statement.setInt(1, generation(processor));
            statement.setObject(2, OffsetDateTime.ofInstant(reached, ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private int generation(Processor processor) {
        return Objects.requireNonNull(
                generations.get(processor.name()), "no generation of " + processor.name());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
