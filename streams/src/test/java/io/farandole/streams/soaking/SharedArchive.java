package io.farandole.streams.soaking;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.EventAttributes;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Wiring;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** An archive in a table, for instances in several processes; it gives little at a time. */
final class SharedArchive implements ArchivedEvents {

    static final String SUBSCRIPTION = "activity.archive";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOPIC = "activity";

    /** So that a backfill takes long enough for something to happen to it. */
    private static final int PORTION = 100;

    private static final String ADD =
            """
            insert into archived.events (id, message_id, ordering_key, attributes, payload, published)
            values (?, ?, ?, ?::jsonb, ?, ?) on conflict (id) do nothing
            """;
    private static final String READ =
            """
            select position, message_id, ordering_key, attributes::text, payload, published
            from archived.events
            where position > ? and (?::text is null or ordering_key = ?)
            order by position limit ?
            """;

    private final DataSource database;

    SharedArchive(DataSource database) {
        this.database = database;
    }

    static void provision(Installation installation) {
        installation.execute("drop schema if exists archived cascade");
        installation.execute("create schema archived");
        installation.execute(
                """
                create table archived.events (
                  position bigint generated always as identity primary key,
                  id text not null unique, message_id text not null, ordering_key text not null,
                  attributes jsonb not null, payload bytea not null, published timestamptz not null)
                """);
    }

    /** Keeps what comes from now on. */
    Subscriber land(Wiring wiring) {
        Subscriber landing =
                wiring.subscribers()
                        .createSubscriber(
                                SUBSCRIPTION,
                                (message, reply) -> {
                                    add(message);
                                    reply.ack();
                                });
        landing.startAsync().awaitRunning();
        return landing;
    }

    // One at a time: positions become visible in their order.
    private synchronized void add(PubsubMessage message) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, message.getAttributesOrThrow(EventAttributes.ID));
            insert.setString(2, message.getMessageId());
            insert.setString(3, message.getOrderingKey());
            insert.setString(4, JSON.writeValueAsString(message.getAttributesMap()));
            insert.setBytes(5, message.getData().toByteArray());
            insert.setObject(
                    6,
                    Instant.ofEpochSecond(
                                    message.getPublishTime().getSeconds(),
                                    message.getPublishTime().getNanos())
                            .atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<ArchivedEvent> read(Wanted wanted, int most) throws IOException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(READ)) {
            select.setLong(1, wanted.after());
            select.setString(2, wanted.key());
            select.setString(3, wanted.key());
            select.setInt(4, Math.min(most, PORTION));
            try (ResultSet rows = select.executeQuery()) {
                List<ArchivedEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(new ArchivedEvent(rows.getLong(1), TOPIC, delivery(rows), false));
                }
                return events;
            }
        } catch (SQLException e) {
            throw new IOException("the table cannot be read", e);
        }
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(2),
                row.getString(3),
                JSON.readValue(row.getString(4), new TypeReference<Map<String, String>>() {}),
                row.getBytes(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    @Override
    public List<Expired> expired(Set<String> topics) {
        return List.of();
    }
}
