package io.farandole.streams.relay;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The outbox as a relay reads and marks it. */
final class Outbox {

    // Shard by shard, so that each read ends at the limit in the index of what is unpublished: in
    // one ordered read over all shards Postgres would sort the whole backlog every time.
    private static final String UNPUBLISHED =
            """
            select said.id, held.shard, said.topic, said.ordering_key, said.attributes, said.payload
            from unnest(?::smallint[], ?::bigint[]) held(shard, fence)
            join streams.relay_lease lease
              on lease.shard = held.shard and lease.owner = ? and lease.fence = held.fence
                 and lease.expires_at > clock_timestamp()
            cross join lateral (
              select id, topic, ordering_key, attributes, payload,
                     sum(octet_length(payload)) over (order by id) - octet_length(payload) as before
              from (
                select * from streams.outbox
                where shard = held.shard and published_at is null
                  and topic <> all (?)
                  and (topic || ' ' || ordering_key) <> all (?)
                order by id limit ?
              ) first_ones
            ) said
            where said.before < ?
            order by said.id
            """;

    // The lease rows are locked while the rows are marked: a relay that was paused for longer than
    // its term marks nothing, and none is overtaken half-way.
    private static final String MARK =
            """
            with ours as materialized (
              select lease.shard
              from unnest(?::smallint[], ?::bigint[]) held(shard, fence)
              join streams.relay_lease lease
                on lease.shard = held.shard and lease.owner = ? and lease.fence = held.fence
              order by lease.shard
              for share of lease)
            update streams.outbox as said
            set published_at = clock_timestamp(), message_id = done.message_id
            from unnest(?::bigint[], ?::text[]) done(id, message_id)
            where said.id = done.id and said.published_at is null
              and said.shard in (select shard from ours)
            """;

    private static final String PENDING =
            """
            select count(*), coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)
            from (select created_at from streams.outbox where published_at is null limit ?) pending
            """;

    // Ids rise with time: a look from the lowest ids on is over where rows are younger than the
    // retention, and goes on past those that are old and still not published.
    private static final String PRUNE =
            """
            with oldest as materialized (
              select id, published_at, created_at from streams.outbox
              where id > ? order by id limit ?),
            past as (select clock_timestamp() - ? * interval '1 millisecond' as retention),
            gone as (
              delete from streams.outbox where id = any (array(
                select id from oldest, past where published_at < retention))
              returning id)
            select (select count(*) from gone), max(id), count(*),
                   coalesce(bool_and(created_at < retention), false)
            from oldest, past
            """;

    private static final ObjectReader ATTRIBUTES =
            JsonMapper.shared().readerFor(new TypeReference<Map<String, String>>() {});

    private final DataSource database;
    private final String owner;

    Outbox(DataSource database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** What is said, not published, and not stopped, oldest first, of those shards still ours. */
    List<OutboxRow> unpublished(List<Lease> leases, Stops.Now stops, Portion portion)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(UNPUBLISHED)) {
            bind(connection, select, leases);
            select.setArray(4, connection.createArrayOf("text", stops.topics().toArray()));
            select.setArray(
                    5,
                    connection.createArrayOf(
                            "text",
                            stops.keys().stream()
                                    .map(key -> key.topic() + " " + key.orderingKey())
                                    .toArray()));
            select.setInt(6, Math.max(1, portion.rows() / leases.size()));
            select.setLong(7, portion.bytes() / leases.size());
            try (ResultSet said = select.executeQuery()) {
                List<OutboxRow> rows = new ArrayList<>();
                while (said.next()) {
                    rows.add(row(said));
                }
                return rows;
            }
        }
    }

    /** Marks them published; how many really were marked is fewer when a lease was lost. */
    int mark(List<Lease> leases, List<PublishedRow> published) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement mark = connection.prepareStatement(MARK)) {
            bind(connection, mark, leases);
            mark.setArray(
                    4,
                    connection.createArrayOf(
                            "int8", published.stream().map(PublishedRow::row).toArray()));
            mark.setArray(
                    5,
                    connection.createArrayOf(
                            "text", published.stream().map(PublishedRow::messageId).toArray()));
            return mark.executeUpdate();
        }
    }

    /** Counts no further than to the limit: more is too many anyway. */
    Backlog backlog(int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(PENDING)) {
            count.setInt(1, limit);
            try (ResultSet counted = count.executeQuery()) {
                counted.next();
                return new Backlog(counted.getLong(1), counted.getDouble(2));
            }
        }
    }

    /**
     * Deletes the rows that were published longer ago; says how many.
     *
     * @param atOnce so many are looked at in a transaction
     */
    int prune(Duration retention, int atOnce) throws SQLException {
        int gone = 0;
        long last = Long.MIN_VALUE;
        try (Connection connection = database.getConnection();
                PreparedStatement prune = connection.prepareStatement(PRUNE)) {
            boolean more = true;
            while (more && !Thread.currentThread().isInterrupted()) {
                prune.setLong(1, last);
                prune.setInt(2, atOnce);
                prune.setLong(3, retention.toMillis());
                try (ResultSet looked = prune.executeQuery()) {
                    looked.next();
                    gone += looked.getInt(1);
                    last = looked.getLong(2);
                    more = looked.getInt(3) == atOnce && looked.getBoolean(4);
                }
            }
        }
        return gone;
    }

    private void bind(Connection connection, PreparedStatement statement, List<Lease> leases)
            throws SQLException {
        statement.setArray(
                1, connection.createArrayOf("int2", leases.stream().map(Lease::shard).toArray()));
        statement.setArray(
                2, connection.createArrayOf("int8", leases.stream().map(Lease::fence).toArray()));
        statement.setString(3, owner);
    }

    private static OutboxRow row(ResultSet said) throws SQLException {
        Map<String, String> attributes = ATTRIBUTES.readValue(said.getString("attributes"));
        return new OutboxRow(
                said.getLong("id"),
                said.getString("topic"),
                PubsubMessage.newBuilder()
                        .setOrderingKey(said.getString("ordering_key"))
                        .putAllAttributes(attributes)
                        .setData(ByteString.copyFrom(said.getBytes("payload")))
                        .build());
    }

    /** How much is read at once. */
    record Portion(int rows, long bytes) {}

    /** What waits to be published. */
    record Backlog(long rows, double oldestSeconds) {}
}
