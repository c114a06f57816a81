package io.farandole.streams.batch;

import io.farandole.streams.Row;
import io.farandole.streams.batch.ReplayingKey.ReplayedRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rows that one key's events touch: as computed, beside those of a generation. */
final class KeyRows {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PreparedProcessor prepared;
    private final Map<Row<?>, Object> computed;
    private final List<Row<?>> touched;
    private final Set<Row<?>> shared;

    KeyRows(
            PreparedProcessor prepared,
            Map<Row<?>, Object> computed,
            Set<Row<?>> touched,
            Set<Row<?>> shared) {
        this.prepared = prepared;
        this.computed = computed;
        this.touched =
                touched.stream()
                        .sorted(
                                Comparator.<Row<?>, String>comparing(row -> row.store().name())
                                        .thenComparing(Row::key))
                        .toList();
        this.shared = shared;
    }

    List<ReplayedRow> compare() {
        try (Connection connection = prepared.dataSource().getConnection()) {
            List<ReplayedRow> rows = new ArrayList<>();
            for (Row<?> row : touched) {
                String live = live(connection, row);
                Object value = computed.get(row);
                rows.add(
                        new ReplayedRow(
                                row.store().name(),
                                row.key(),
                                shared.contains(row),
                                isSame(row, live),
                                live == null ? null : Values.JSON.readTree(live),
                                value == null ? null : Values.JSON.<JsonNode>valueToTree(value)));
            }
            return rows;
        } catch (SQLException e) {
            throw Trouble.infrastructure("comparing the rows of a key", e);
        }
    }

    /** Writes those that are this key's alone and differ; no batch is under way meanwhile. */
    int write(KeyEvents events) {
        try (Connection connection = prepared.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                PhaseLocks.alone(connection, prepared.processor().name(), PATIENCE);
                events.requireWhole(connection);
                int written = 0;
                for (Row<?> row : touched) {
                    if (!shared.contains(row) && !isSame(row, live(connection, row))) {
                        write(connection, row);
                        written++;
                    }
                }
                connection.commit();
                return written;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.infrastructure("writing the rows of a key", e);
        }
    }

    private void write(Connection connection, Row<?> row) throws SQLException {
        Object value = computed.get(row);
        String table = table(row);
        if (value == null) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where key = ?")) {
                delete.setString(1, row.key());
                delete.executeUpdate();
            }
            return;
        }
        try (PreparedStatement put =
                connection.prepareStatement(
                        "insert into "
                                + table
                                + " as r (generation, key, value, version) values (?, ?, ?::jsonb, 1)"
                                + " on conflict (key) do update set value = excluded.value,"
                                + " version = r.version + 1")) {
            put.setInt(1, prepared.generation().id());
            put.setString(2, row.key());
            put.setString(3, Values.JSON.writeValueAsString(value));
            put.executeUpdate();
        }
    }

    private boolean isSame(Row<?> row, @Nullable String live) {
        Object there = live == null ? null : Values.JSON.readValue(live, row.store().type());
        return Objects.equals(there, computed.get(row));
    }

    private @Nullable String live(Connection connection, Row<?> row) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("select value from " + table(row) + " where key = ?")) {
            find.setString(1, row.key());
            try (ResultSet rows = find.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private String table(Row<?> row) {
        return new StoreTable(prepared.generation(), row.store()).partition();
    }
}
