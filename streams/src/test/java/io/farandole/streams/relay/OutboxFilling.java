package io.farandole.streams.relay;

import io.farandole.streams.batch.OutboxShards;
import io.farandole.streams.installation.Installation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Puts things into the outbox: each key's are numbered from 1. */
final class OutboxFilling {

    private static final String SAY =
            """
            insert into streams.outbox (shard, topic, ordering_key, event_id, attributes, payload)
            select ?, ?, ?, gen_random_uuid(), jsonb_build_object('ce-id', id), id::bytea
            from (select ? || '#' || number as id
                  from generate_series(?::bigint, ?::bigint) number) said
            """;

    private final Installation installation;
    private final Map<OutboxKey, Integer> said = new HashMap<>();

    OutboxFilling(Installation installation) {
        this.installation = installation;
    }

    /** Says so many more things on the key, in one transaction. */
    void say(String topic, String key, int times) throws SQLException {
        OutboxKey where = new OutboxKey(topic, key);
        int before = said.getOrDefault(where, 0);
        try (Connection connection = installation.wiring().database().getConnection();
                PreparedStatement say = connection.prepareStatement(SAY)) {
            say.setInt(1, OutboxShards.of(topic, key));
            say.setString(2, topic);
            say.setString(3, key);
            say.setString(4, key);
            say.setLong(5, before + 1L);
            say.setLong(6, before + (long) times);
            say.executeUpdate();
        }
        said.put(where, before + times);
    }

    int total() {
        return said.values().stream().mapToInt(Integer::intValue).sum();
    }
}
