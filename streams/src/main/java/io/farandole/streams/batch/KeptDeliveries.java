package io.farandole.streams.batch;

import io.farandole.events.Event;
import io.farandole.streams.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;

/** Reads messages back that were kept whole in a table. */
final class KeptDeliveries {

    private static final ObjectReader ATTRIBUTES =
            Values.JSON.readerFor(new TypeReference<Map<String, String>>() {});

    private KeptDeliveries() {}

    static Delivery of(ResultSet rows) throws SQLException {
        return new Delivery(
                rows.getString("message_id"),
                rows.getString("ordering_key"),
                ATTRIBUTES.readValue(rows.getString("attributes")),
                rows.getBytes("payload"),
                instant(rows, "published"));
    }

    /** As its fold sees it again; it was claimed when it came. */
    static <E extends Event> Incoming<E> incoming(
            ResultSet rows, Delivery delivery, ReadingDeliveries<E> reading) throws SQLException {
        return new Incoming<>(
                delivery, reading.byIdentity(delivery), hour(rows), reading.reading(delivery));
    }

    /** In which it is counted. */
    static Instant hour(ResultSet rows) throws SQLException {
        return instant(rows, "published_hour");
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
