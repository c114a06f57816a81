package io.farandole.gateway.deadlines;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.store.StageSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Whatever an answer is made of, and however much of it fails: so long may it take to begin, all in
 * all. Events have a deadline of their own, for what is published cannot be called back; what
 * operators ask at the management port, and the description, which is made when it is first asked
 * for, take as long as they take.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
@Component
class KeepingDeadline implements WebFilter {

    private static final List<String> OTHERS =
            List.of("/v1/events", "/actuator", "/v3/api-docs", "/swagger-ui", "/webjars/");

    private final Duration deadline;
    private final Duration retryAfter;

    @Autowired
    KeepingDeadline(GatewaySettings settings, StageSettings stages) {
        this(stages.deadline(), settings.retryAfter());
    }

    KeepingDeadline(Duration deadline, Duration retryAfter) {
        this.deadline = deadline;
        this.retryAfter = retryAfter;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (OTHERS.stream().anyMatch(path::startsWith)) {
            return chain.filter(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        return chain.filter(exchange)
                .timeout(
                        Mono.delay(deadline)
                                // What has begun is left to the client's pace.
                                .flatMap(
                                        now ->
                                                response.isCommitted()
                                                        ? Mono.never()
                                                        : Mono.just(now)))
                .onErrorMap(TimeoutException.class, this::missed);
    }

    private ProblemException missed(TimeoutException failure) {
        return ProblemException.unavailable(
                ProblemCode.DEADLINE_MISSED,
                "No answer came together within "
                        + deadline.toMillis()
                        + " ms; ask again after the seconds in Retry-After",
                List.of(),
                retryAfter,
                failure);
    }
}
