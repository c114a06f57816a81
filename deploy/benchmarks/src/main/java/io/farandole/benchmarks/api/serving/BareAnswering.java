package io.farandole.benchmarks.api.serving;

import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The bare endpoint that lists are compared with: one select of one row, by the same pool, in front
 * of everything else that the API does with a call.
 */
final class BareAnswering implements WebFilter, PriorityOrdered {

    private static final String PATH = "/bare/";
    private static final String SELECT = "select u.key from profile.users u where u.key = $1";

    private final DatabaseClient database;

    BareAnswering(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        return path.startsWith(PATH)
                ? answer(exchange.getResponse(), path.substring(PATH.length()))
                : chain.filter(exchange);
    }

    private Mono<Void> answer(ServerHttpResponse response, String user) {
        return database.sql(SELECT)
                .bind(0, user)
                .mapValue(String.class)
                .one()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .flatMap(
                        body -> {
                            response.setStatusCode(HttpStatus.OK);
                            response.getHeaders().setContentLength(body.length);
                            return response.writeWith(
                                    Mono.just(response.bufferFactory().wrap(body)));
                        });
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
