package io.farandole.orchestrator.verifying;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the rows do say, of the generations that are active. */
final class ReadingRows {

    private final JsonMapper json = new JsonMapper();
    private final JdbcClient database;

    ReadingRows(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param store {@code <processor>.<store>}, a constant of this package
     */
    Map<String, JsonNode> rows(String store) {
        Map<String, JsonNode> rows = new HashMap<>();
        database.sql(
                        "select s.key, s.value::text from "
                                + store
                                + " s join streams.generation g on g.id = s.generation where g.phase = 'ACTIVE'"
                                + " and s.value is not null")
                .query(
                        row -> {
                            rows.put(row.getString(1), json.readTree(row.getString(2)));
                        });
        return rows;
    }

    /** The list that each user is served now. */
    Map<String, JsonNode> lists() {
        Map<String, JsonNode> lists = new HashMap<>();
        database.sql("select s.key, s.list::text from personalisation.served s")
                .query(
                        row -> {
                            lists.put(row.getString(1), json.readTree(row.getString(2)));
                        });
        return lists;
    }

    /**
     * What nothing is to come of, by topic: source events that ingestion refused or keeps waiting,
     * and messages on internal topics that nobody can read.
     */
    Map<String, Set<UUID>> leftOut() {
        Map<String, Set<UUID>> leftOut = new HashMap<>();
        database.sql(
                        """
                        select d.topic, d.identity
                        from streams.dead_letter d join streams.generation g on g.id = d.generation
                        where d.status = 'OPEN' and g.phase = 'ACTIVE'
                          and (g.processor = 'ingestion' or d.cause = 'UNDECODABLE')
                        """)
                .query(
                        row -> {
                            leftOut.computeIfAbsent(row.getString(1), _ -> new HashSet<>())
                                    .add(row.getObject(2, UUID.class));
                        });
        return leftOut;
    }
}
