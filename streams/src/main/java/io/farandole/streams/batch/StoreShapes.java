package io.farandole.streams.batch;

import io.farandole.streams.Sameness;
import io.farandole.streams.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Holds a generation's stores to the shape in which they were first described: what would be read
 * wrongly, or would silently lack its past, is refused.
 */
final class StoreShapes {

    private static final String SHAPE =
            "select shape from streams.store where generation = ? and name = ?";
    private static final String REMEMBER =
            """
            insert into streams.store (generation, name, shape) values (?, ?, ?::jsonb)
            on conflict (generation, name) do update set shape = excluded.shape
            """;
    private static final String SAME_BY =
            """
            update streams.store set same_by = ?::jsonb
            where generation = ? and name = ? and same_by is distinct from ?::jsonb
            """;
    private static final String HAS_HEARD =
            "select exists (select from streams.ledger where generation = ? and applied > 0)";

    private final Ddl ddl;
    private final Generation generation;

    StoreShapes(Ddl ddl, Generation generation) {
        this.ddl = ddl;
        this.generation = generation;
    }

    void check(Store<?> store) throws SQLException {
        Map<String, String> now = ValueShape.of(store.type());
        Map<String, String> before = remembered(store);
        if (before == null) {
            if (hasHeard()) {
                throw refusal(store, "is new, but events were applied without it");
            }
        } else {
            String change = ValueShape.change(before, now);
            if (change != null) {
                throw refusal(store, change);
            }
        }
        Map<String, String> known = before == null ? now : ValueShape.remembered(before, now);
        if (!known.equals(before)) {
            remember(store, known);
        }
        rememberSameness(store);
    }

    // Whoever compares generations has no description, only the database.
    private void rememberSameness(Store<?> store) throws SQLException {
        String by =
                store.sameness().equals(Sameness.WHOLE)
                        ? null
                        : Values.JSON.writeValueAsString(store.sameness());
        try (PreparedStatement statement = ddl.connection().prepareStatement(SAME_BY)) {
            statement.setString(1, by);
            statement.setInt(2, generation.id());
            statement.setString(3, store.name());
            statement.setString(4, by);
            statement.executeUpdate();
        }
    }

    private @Nullable Map<String, String> remembered(Store<?> store) throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(SHAPE)) {
            statement.setInt(1, generation.id());
            statement.setString(2, store.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Values.JSON.readValue(
                                rows.getString(1), new TypeReference<Map<String, String>>() {})
                        : null;
            }
        }
    }

    private boolean hasHeard() throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(HAS_HEARD)) {
            statement.setInt(1, generation.id());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void remember(Store<?> store, Map<String, String> shape) throws SQLException {
        try (PreparedStatement statement = ddl.connection().prepareStatement(REMEMBER)) {
            statement.setInt(1, generation.id());
            statement.setString(2, store.name());
            statement.setString(3, Values.JSON.writeValueAsString(shape));
            statement.executeUpdate();
        }
    }

    private IllegalStateException refusal(Store<?> store, String what) {
        return new IllegalStateException(
                "store "
                        + generation.processor()
                        + "."
                        + store.name()
                        + " does not go with generation "
                        + generation.number()
                        + ": "
                        + what
                        + ". One program serves and builds with one description: start the former"
                        + " program again, and describe the new shape as a processor of another name"
                        + " beside this one; 'farandole replay start' builds that from the archive."
                        + " Then let those who read this one read that, and remove this one. Or"
                        + " begin with an empty data directory.");
    }
}
