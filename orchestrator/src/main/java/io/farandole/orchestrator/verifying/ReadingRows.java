package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the rows in Postgres say, of the generations that are active. */
final class ReadingRows implements StoredRows {

    private final JsonMapper json = new JsonMapper();
    private final JdbcClient database;

    ReadingRows(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> stores() {
        return new HashSet<>(
                database.sql(
                                """
                                select g.processor || '.' || s.name
                                from streams.store s join streams.generation g on g.id = s.generation
                                where g.phase = 'ACTIVE'
                                """)
                        .query(String.class)
                        .list());
    }

    /**
     * @param store a constant of this package
     */
    @Override
    public Map<String, JsonNode> rows(String store) {
        return read(
                "select s.key, s.value::text from "
                        + store
                        + " s join streams.generation g on g.id = s.generation where g.phase = 'ACTIVE'"
                        + " and s.value is not null");
    }

    @Override
    public Map<String, JsonNode> served() {
        return read("select s.key, s.list::text from personalisation.served s");
    }

    // Reading them as JSON costs more than the database does, and can be done by all processors.
    private Map<String, JsonNode> read(String keysAndTexts) {
        List<Map.Entry<String, String>> texts =
                database.sql(keysAndTexts)
                        .query((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                        .list();
        return texts.parallelStream()
                .collect(
                        Collectors.toConcurrentMap(
                                Map.Entry::getKey, text -> json.readTree(text.getValue())));
    }

    @Override
    public Map<String, Map<String, Set<UUID>>> putAside() {
        Map<String, Map<String, Set<UUID>>> putAside = new HashMap<>();
        database.sql(
                        """
                        select g.processor, d.topic, d.identity
                        from streams.dead_letter d join streams.generation g on g.id = d.generation
                        where d.status = 'OPEN' and g.phase = 'ACTIVE' and d.cause <> 'UNDECODABLE'
                        """)
                .query(
                        row -> {
                            putAside.computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                                    .computeIfAbsent(row.getString(2), _ -> new HashSet<>())
                                    .add(row.getObject(3, UUID.class));
                        });
        return putAside;
    }

    @Override
    public Map<String, Set<UUID>> unreadable() {
        Map<String, Set<UUID>> unreadable = new HashMap<>();
        database.sql(
                        """
                        select d.topic, d.identity
                        from streams.dead_letter d join streams.generation g on g.id = d.generation
                        where d.status = 'OPEN' and g.phase = 'ACTIVE' and d.cause = 'UNDECODABLE'
                        """)
                .query(
                        row -> {
                            unreadable
                                    .computeIfAbsent(row.getString(1), _ -> new HashSet<>())
                                    .add(row.getObject(2, UUID.class));
                        });
        return unreadable;
    }
}
