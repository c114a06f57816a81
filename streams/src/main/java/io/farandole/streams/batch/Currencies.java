package io.farandole.streams.batch;

import io.farandole.streams.Processor;
import io.farandole.streams.Reference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The currencies of all that a processor looks up, kept beside the generation: whoever compares and
 * switches generations is another process, and has no description.
 */
final class Currencies {

    private static final String REMEMBER =
            """
            update streams.generation set currencies = ?::jsonb
            where id = ? and currencies is distinct from ?::jsonb
            """;
    private static final String QUERIES = "select currencies from streams.generation where id = ?";

    private Currencies() {}

    static void remember(Connection connection, Generation generation, Processor processor)
            throws SQLException {
        SortedMap<String, String> queries = new TreeMap<>();
        for (Reference<?> reference : processor.references()) {
            String query = reference.currency();
            if (query != null) {
                queries.put(reference.name(), query);
            }
        }
        String written = Values.JSON.writeValueAsString(queries);
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            statement.setString(1, written);
            statement.setInt(2, generation.id());
            statement.setString(3, written);
            statement.executeUpdate();
        }
    }

    /** What they answer, by the references' names, as this transaction sees it. */
    static SortedMap<String, String> ask(Connection connection, Generation generation)
            throws SQLException {
        SortedMap<String, String> answers = new TreeMap<>();
        for (Map.Entry<String, String> one : queries(connection, generation).entrySet()) {
            answers.put(one.getKey(), answer(connection, one.getValue()));
        }
        return answers;
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    private static Map<String, String> queries(Connection connection, Generation generation)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERIES)) {
            statement.setInt(1, generation.id());
            try (ResultSet rows = statement.executeQuery()) {
                @Nullable String known = rows.next() ? rows.getString(1) : null;
                return known == null
                        ? Map.of()
                        : Values.JSON.readValue(known, new TypeReference<Map<String, String>>() {});
            }
        }
    }
}
