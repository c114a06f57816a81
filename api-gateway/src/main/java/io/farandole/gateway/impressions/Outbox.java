package io.farandole.gateway.impressions;

import io.farandole.events.Encoded;
import io.farandole.events.EventAttributes;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.items.ItemRow;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one table that the API writes: whole messages that the broker could not be told yet. All
 * instances share it; a row that one of them relays the others pass over.
 */
@Component
class Outbox {

    // A message that is there already says the same.
    private static final String ADD =
            """
            insert into gateway.outbox (event_id, topic, ordering_key, attributes, payload)
            select a.id, :topic, a.ordering_key, a.attributes::jsonb, a.payload
            from unnest(:ids, :keys, :attributes, :payloads) as a(id, ordering_key, attributes, payload)
            on conflict do nothing
            """;

    private static final String OLDEST =
            """
            select o.event_id as id, o.ordering_key as ordering_key,
                   o.attributes::text as attributes, o.payload as payload
            from gateway.outbox o
            where o.topic = :topic
            order by o.event_id
            limit :most
            for update skip locked
            """;

    private static final String REMOVE = "delete from gateway.outbox where event_id = any(:ids)";

    private static final String TOPIC = TopicCatalogue.IMPRESSIONS.name();
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration STATEMENT = Duration.ofSeconds(5);
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final JsonMapper json;
    private final @Nullable Store store;

    private record Store(
            ConnectionPool pool, DatabaseClient database, TransactionalOperator transaction) {

        static Store of(ConnectionPool pool) {
            return new Store(
                    pool,
                    DatabaseClient.create(pool),
                    TransactionalOperator.create(new R2dbcTransactionManager(pool)));
        }
    }

    /** What came of an attempt to relay: of so many rows, so many are done with. */
    record Relayed(int of, int done) {

        boolean isAll() {
            return done == of;
        }
    }

    Outbox(OutboxSettings settings, JsonMapper json) {
        this.json = json;
        this.store = settings.url() == null ? null : Store.of(pool(settings, settings.url()));
    }

    /** Whether there is one. */
    boolean isThere() {
        return store != null;
    }

    /** Completes when they are committed. */
    Mono<Void> add(List<Encoded> messages) {
        return store().database()
                .sql(ADD)
                .bind("topic", TOPIC)
                .bind("ids", messages.stream().map(Outbox::id).toArray(UUID[]::new))
                .bind("keys", texts(messages, Encoded::orderingKey))
                .bind("attributes", texts(messages, m -> json.writeValueAsString(m.attributes())))
                .bind(
                        "payloads",
                        texts(messages, m -> new String(m.data(), StandardCharsets.UTF_8)))
                .then();
    }

    /**
     * Takes the oldest and lets go of those that are done with.
     *
     * @param publishing empty for a message that has to stay
     */
    Mono<Relayed> relay(int most, Function<Encoded, Mono<?>> publishing) {
        return store().database()
                .sql(OLDEST)
                .bind("topic", TOPIC)
                .bind("most", most)
                .map(this::message)
                .all()
                .collectList()
                // The broker's client takes locks, for which the connections' threads are too good.
                .publishOn(Schedulers.boundedElastic())
                .flatMap(oldest -> relay(oldest, publishing))
                .as(store().transaction()::transactional);
    }

    private Mono<Relayed> relay(List<Encoded> oldest, Function<Encoded, Mono<?>> publishing) {
        return Flux.fromIterable(oldest)
                .flatMap(
                        message -> publishing.apply(message).map(_ -> id(message)),
                        Math.max(1, oldest.size()))
                .collectList()
                .flatMap(done -> remove(done).thenReturn(new Relayed(oldest.size(), done.size())));
    }

    private Mono<Void> remove(List<UUID> done) {
        return done.isEmpty()
                ? Mono.empty()
                : store().database().sql(REMOVE).bind("ids", done.toArray(UUID[]::new)).then();
    }

    /** Lets go of the connections. */
    void close() {
        if (store != null) {
            store.pool().dispose();
        }
    }

    static UUID id(Encoded message) {
        return UUID.fromString(
                Objects.requireNonNull(message.attributes().get(EventAttributes.ID)));
    }

    private Encoded message(Readable row) {
        return new Encoded(
                json.readValue(ItemRow.required(row, "attributes"), ATTRIBUTES),
                ItemRow.required(row, "payload").getBytes(StandardCharsets.UTF_8),
                ItemRow.required(row, "ordering_key"));
    }

    private static String[] texts(List<Encoded> messages, Function<Encoded, String> text) {
        return messages.stream().map(text).toArray(String[]::new);
    }

    private Store store() {
        return Objects.requireNonNull(store, "no farandole.api.outbox.url is set");
    }

    private static ConnectionPool pool(OutboxSettings settings, String url) {
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(
                                ConnectionFactories.get(
                                        ConnectionFactoryOptions.parse(url)
                                                .mutate()
                                                .option(
                                                        ConnectionFactoryOptions.USER,
                                                        Objects.requireNonNull(settings.username()))
                                                .option(
                                                        ConnectionFactoryOptions.PASSWORD,
                                                        Objects.requireNonNull(settings.password()))
                                                .option(
                                                        ConnectionFactoryOptions.CONNECT_TIMEOUT,
                                                        CONNECT)
                                                .option(
                                                        PostgresqlConnectionFactoryProvider
                                                                .APPLICATION_NAME,
                                                        "farandole-api-outbox")
                                                .option(
                                                        PostgresqlConnectionFactoryProvider
                                                                .STATEMENT_TIMEOUT,
                                                        STATEMENT)
                                                .build()))
                        // One that writes, one that relays; none while there is nothing to do.
                        .initialSize(0)
                        .minIdle(0)
                        .maxSize(2)
                        .maxIdleTime(Duration.ofMinutes(1))
                        .maxAcquireTime(CONNECT)
                        .maxCreateConnectionTime(CONNECT)
                        .build());
    }
}
