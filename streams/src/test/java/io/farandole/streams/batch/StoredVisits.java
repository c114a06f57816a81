package io.farandole.streams.batch;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Decoded;
import io.farandole.events.Encoded;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent;
import io.farandole.streams.Delivery;
import io.farandole.streams.Source;
import io.farandole.streams.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;

/** Visits on Postgres: each batch in a transaction, and what is due fired behind it. */
final class StoredVisits implements WindowsContract.Machine {

    private static final EventCodec CODEC = new EventCodec();
    private static final int AT_ONCE = 50;

    private final BatchDatabase database;
    private final SettableClock clock = new SettableClock(WindowsContract.START);
    private final BatchTransaction<ActivityEvent> batches;
    private final FiringTimers firing;
    private int batch;

    StoredVisits(BatchDatabase database) {
        this(database, database.pool(2));
    }

    StoredVisits(BatchDatabase database, DataSource instance) {
        this(database, instance, Visits.SOURCE);
    }

    StoredVisits(BatchDatabase database, DataSource instance, Source<ActivityEvent> source) {
        this.database = database;
        PreparedProcessor prepared =
                new PreparingProcessors(instance, clock).prepare(Visits.reading(source));
        this.batches = prepared.batches(source);
        this.firing = prepared.firingTimers();
    }

    @Override
    public void hear(List<Message<ActivityEvent>> messages) {
        apply(messages);
        fire();
    }

    void apply(List<Message<ActivityEvent>> messages) {
        messages.forEach(message -> moveClock(message.envelope().recordedTime()));
        Receipt receipt =
                batches.apply(messages.stream().map(StoredVisits::delivery).toList(), batch++ % 3);
        if (receipt.fired() != 0 || receipt.delivered() != messages.size()) {
            throw new AssertionError(receipt + " of " + messages.size());
        }
    }

    @Override
    public void advanceEventTime(Instant to) {
        moveClock(to);
        database.execute(
                "insert into streams.watermark select id, 99, '%s' from streams.generation where processor = '%s'"
                        .formatted(to, Visits.NAME));
        fire();
    }

    @Override
    public void advanceWallClock(Instant to) {
        moveClock(to);
        fire();
    }

    @Override
    public <V> Map<String, V> rows(Store<V> store) {
        Map<String, V> rows = new TreeMap<>();
        for (String row :
                database.rows(
                        "select value::text, key from %s.%s"
                                .formatted(Visits.NAME, store.name()))) {
            // No key of a test has the sign that ends a record.
            int end = row.lastIndexOf("}|") + 1;
            rows.put(
                    row.substring(end + 1),
                    Values.JSON.readValue(row.substring(0, end), store.type()));
        }
        return rows;
    }

    @Override
    public List<Message<RecommendationEvent>> said() {
        return database
                .rows(
                        """
                        select attributes::text || chr(10) || convert_from(payload, 'UTF8')
                        from streams.outbox order by id
                        """)
                .stream()
                .map(row -> row.split("\n", 2))
                .map(row -> message(row[0], row[1]))
                .toList();
    }

    @Override
    public List<Long> counts() {
        return Arrays.stream(database.ledger().split("\\|")).limit(4).map(Long::parseLong).toList();
    }

    @Override
    public Map<String, Instant> timers() {
        return database
                .rows(
                        """
                        select name || '/' || key || '>' || (extract(epoch from fire_at))::bigint
                        from streams.timer
                        """)
                .stream()
                .map(row -> row.split(">"))
                .collect(
                        Collectors.toMap(
                                row -> row[0],
                                row -> Instant.ofEpochSecond(Long.parseLong(row[1]))));
    }

    static Delivery delivery(Message<ActivityEvent> message) {
        Encoded encoded = CODEC.encode(message, ACTIVITY);
        return new Delivery(
                "m",
                encoded.orderingKey(),
                encoded.attributes(),
                encoded.data(),
                message.envelope().recordedTime());
    }

    private static Message<RecommendationEvent> message(String attributes, String payload) {
        Map<String, String> read =
                Values.JSON.readValue(attributes, new TypeReference<HashMap<String, String>>() {});
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        if (CODEC.decode(RECOMMENDATIONS, read, data, Instant.EPOCH)
                instanceof
                Decoded.Understood<RecommendationEvent>(
                        Message<RecommendationEvent> message,
                        int _)) {
            return message;
        }
        throw new AssertionError(payload);
    }

    private void moveClock(Instant to) {
        Duration by = Duration.between(clock.instant(), to);
        if (by.isPositive()) {
            clock.advance(by);
        }
    }

    /** Until nothing is due. */
    void fire() {
        while (firing.fireDue(AT_ONCE).fired() > 0) {
            // What fired may have set what is due.
        }
    }
}
