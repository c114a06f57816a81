package io.farandole.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keys as Postgres has them, kept at hand for some seconds: that long a key that was revoked may
 * still be taken, and not longer, whatever happens to Postgres.
 */
@Component
class KeysInPostgres implements Keys {

    static final String SELECT =
            "select k.id, k.hash, k.roles, k.expires_at from access.api_key k where k.id = :id";

    private static final int MOST_AT_HAND = 10_000;

    private final DatabaseClient database;
    private final Stage stage;

    // Ids that nobody knows are kept too: asking again and again costs Postgres nothing.
    private final AsyncCache<String, Optional<KnownKey>> atHand;

    KeysInPostgres(DatabaseClient database, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.stage = stages.of("keys", settings.listDeadline());
        this.atHand =
                Caffeine.newBuilder()
                        .expireAfterWrite(settings.access().keyFreshness())
                        .maximumSize(MOST_AT_HAND)
                        .buildAsync();
    }

    @Override
    public Mono<KnownKey> of(String id) {
        return Mono.fromFuture(() -> atHand.get(id, (wanted, _) -> read(wanted).toFuture()), true)
                .flatMap(Mono::justOrEmpty);
    }

    private Mono<Optional<KnownKey>> read(String id) {
        return stage.hold(
                database.sql(SELECT)
                        .bind("id", id)
                        .map(KeysInPostgres::key)
                        .one()
                        .map(Optional::of)
                        // Before the orchestrator's first start there are no keys.
                        .onErrorResume(Missing::isMissing, _ -> Mono.empty())
                        .defaultIfEmpty(Optional.empty()));
    }

    private static KnownKey key(Readable row) {
        return new KnownKey(
                ItemRow.required(row, "id"),
                Objects.requireNonNull(row.get("hash", byte[].class)),
                roles(row),
                row.get("expires_at", Instant.class));
    }

    private static Set<Role> roles(Readable row) {
        return Arrays.stream(Objects.requireNonNull(row.get("roles", String[].class)))
                .flatMap(text -> Role.of(text).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }
}
