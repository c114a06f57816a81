package io.farandole.gateway.health;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.items.ItemRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** As of when the read models are: the time of the newest event that is in each. */
@Component("readModels")
class AgeOfReadModels implements ReactiveHealthIndicator {

    static final String SELECT =
            """
            select g.processor, max(w.event_time) as as_of
            from streams.generation g
            join streams.watermark w on w.generation = g.id
            where g.phase = 'ACTIVE'
              and g.processor in ('catalogue', 'profile', 'personalisation')
            group by g.processor
            """;

    private final DatabaseClient database;
    private final @Nullable Duration oldest;
    private final Duration patience;
    private final Clock clock;

    @Autowired
    AgeOfReadModels(
            DatabaseClient database, ReadinessSettings readiness, GatewaySettings settings) {
        this(database, readiness.oldestData(), settings.listDeadline(), Clock.systemUTC());
    }

    private AgeOfReadModels(
            DatabaseClient database, @Nullable Duration oldest, Duration patience, Clock clock) {
        this.database = database;
        this.oldest = oldest;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Mono<Health> health() {
        return database.sql(SELECT)
                .map(
                        row ->
                                Map.entry(
                                        ItemRow.required(row, "processor"),
                                        Objects.requireNonNull(row.get("as_of", Instant.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(patience)
                .map(asOf -> of(asOf, oldest, clock.instant()))
                // That Postgres is away, or nothing was ever read, is told elsewhere.
                .onErrorResume(_ -> Mono.just(unknown(oldest)));
    }

    private static Health unknown(@Nullable Duration oldest) {
        return (oldest == null ? Health.unknown() : Health.outOfService())
                .withDetail("reason", "it cannot be read as of when they are")
                .build();
    }

    static Health of(Map<String, Instant> asOf, @Nullable Duration oldest, Instant now) {
        boolean isFresh =
                oldest == null
                        || (!asOf.isEmpty()
                                && asOf.values().stream()
                                        .allMatch(at -> !at.isBefore(now.minus(oldest))));
        Health.Builder health = isFresh ? Health.up() : Health.outOfService();
        if (!isFresh) {
            health.withDetail(
                    "reason", "older than farandole.api.readiness.oldest-data, " + oldest);
        }
        return health.withDetails(new TreeMap<>(asOf)).build();
    }
}
