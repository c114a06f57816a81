package io.farandole.gateway.health;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.offers.Offers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Asks ourselves, through our own socket, before others do: cold code and connections cost the
 * first callers ten times the time. Until that has worked, the service is not ready.
 */
@Component("warmUp")
class WarmingUp implements ReactiveHealthIndicator, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WarmingUp.class);
    private static final int AT_ONCE = 4;
    private static final String NOBODY = "nobody-yet";

    private static final String LIST = "/v1/users/{id}/recommendations";
    private static final String OLD_LIST = "/recommendation/{id}";

    private static final String SOME_USERS =
            """
            select s.key as user from personalisation.served s
            limit 20
            """;

    private final DatabaseClient database;
    private final Offers offers;
    private final int requests;
    private volatile @Nullable Took took;
    private volatile @Nullable Disposable running;

    /** How long after the start it was live, and how long after it was ready. */
    private record Took(Duration live, Duration ready) {}

    WarmingUp(DatabaseClient database, Offers offers, GatewaySettings settings) {
        this.database = database;
        this.offers = offers;
        this.requests = settings.warmUp().requests();
    }

    @EventListener
    void start(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof ReactiveWebServerApplicationContext context
                && context.getWebServer() != null) {
            running =
                    warmUp(
                                    context.getWebServer().getPort(),
                                    Objects.requireNonNullElse(event.getTimeTaken(), Duration.ZERO))
                            .subscribe();
        }
    }

    private Mono<Void> warmUp(int port, Duration live) {
        long start = System.nanoTime();
        WebClient client = WebClient.create("http://127.0.0.1:" + port);
        return users().flatMapMany(
                        users ->
                                Flux.range(0, requests)
                                        .flatMap(n -> isServed(client, users, n), AT_ONCE))
                .all(served -> served)
                .filter(all -> all)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("not all were served")))
                .then()
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(2)))
                .doOnSuccess(
                        _ -> {
                            Took now = new Took(live, live.plusNanos(System.nanoTime() - start));
                            took = now;
                            log.info(
                                    "Live {} ms after the start, ready after {} ms: warmed by {}"
                                            + " requests, {} offers in memory",
                                    now.live().toMillis(),
                                    now.ready().toMillis(),
                                    requests,
                                    offers.state().offers());
                        });
    }

    /** Some who have lists, and one who has none: both paths are to be warm. */
    private Mono<List<String>> users() {
        return database.sql(SOME_USERS)
                .mapValue(String.class)
                .all()
                .concatWithValues(NOBODY)
                .collectList();
    }

    private static Mono<Boolean> isServed(WebClient client, List<String> users, int n) {
        return client.get()
                // The old addresses have rules and offers of their own to get warm.
                .uri(n % 4 == 3 ? OLD_LIST : LIST, users.get(n % users.size()))
                .header(Call.REHEARSAL_HEADER, Call.rehearsal())
                .exchangeToMono(
                        response ->
                                response.releaseBody()
                                        .thenReturn(response.statusCode().is2xxSuccessful()))
                .onErrorReturn(false);
    }

    @Override
    public Mono<Health> health() {
        Took now = took;
        return Mono.just(
                now == null
                        ? Health.outOfService().withDetail("reason", "warming up").build()
                        : Health.up()
                                .withDetail("liveAfterMillis", now.live().toMillis())
                                .withDetail("readyAfterMillis", now.ready().toMillis())
                                .build());
    }

    @Override
    public void destroy() {
        Disposable now = running;
        if (now != null) {
            now.dispose();
        }
    }
}
