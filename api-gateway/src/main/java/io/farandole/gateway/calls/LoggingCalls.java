package io.farandole.gateway.calls;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The access log: method, route, status, time, call id and trace id. Not the address, which names a
 * user, nor the query, nor where the call came from.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@Component
class LoggingCalls implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(LoggingCalls.class);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long start = System.nanoTime();
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().set(CallId.HEADER, CallId.of(exchange));
        response.beforeCommit(() -> Mono.fromRunnable(() -> log(exchange, start)));
        return chain.filter(exchange);
    }

    private static void log(ServerWebExchange exchange, long start) {
        if (log.isInfoEnabled()) {
            log.info(
                    "{} {} {} {} ms {} {}",
                    exchange.getRequest().getMethod(),
                    route(exchange),
                    status(exchange.getResponse()),
                    Duration.ofNanos(System.nanoTime() - start).toMillis(),
                    CallId.of(exchange),
                    TraceId.of(exchange));
        }
    }

    private static Object route(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(
                HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "(no route)");
    }

    private static int status(ServerHttpResponse response) {
        var status = response.getStatusCode();
        return status == null ? 200 : status.value();
    }
}
