package io.farandole.gateway.store;

import io.farandole.gateway.calls.Skipped;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Mono;

/**
 * A step of an answer that needs Postgres: it has a deadline, and is not tried for a while when it
 * has failed too often. Either an answer cannot do without it, or there is something to put in its
 * place.
 */
public final class Stage {

    private final String name;
    private final Duration deadline;
    private final Duration retryAfter;
    private final CircuitBreaker breaker;

    Stage(String name, Duration deadline, Duration retryAfter, CircuitBreaker breaker) {
        this.name = name;
        this.deadline = deadline;
        this.retryAfter = retryAfter;
        this.breaker = breaker;
    }

    /** For what an answer cannot do without: it is a problem that it fails. */
    public <T> Mono<T> hold(Mono<T> step) {
        return step.timeout(deadline)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(Stage::isOutage, this::unavailable);
    }

    /** For what an answer can do without: the call is told of it. */
    public <T> Mono<T> hold(Mono<T> step, Skips skips, Mono<T> instead) {
        return orElse(hold(step), skips, instead);
    }

    /**
     * The same for what is held already, and may be shared by many calls.
     *
     * @param instead what is put in its place
     */
    public <T> Mono<T> orElse(Mono<T> held, Skips skips, Mono<T> instead) {
        return held.onErrorResume(
                failure -> failure instanceof ProblemException told && isOurs(told),
                failure -> {
                    skips.add(new Skipped(name, reason(failure.getCause())));
                    return instead;
                });
    }

    /**
     * The same, for a call that waits less long for it than it may take.
     *
     * @param patience how long the call waits; not at all, if 0: it is told what there is already
     */
    public <T> Mono<T> within(Duration patience, Mono<T> held, Skips skips, Mono<T> instead) {
        return orElse(
                held.timeout(patience).onErrorMap(TimeoutException.class, this::unavailable),
                skips,
                instead);
    }

    private static boolean isOurs(ProblemException told) {
        return told.code() == ProblemCode.STORE_UNAVAILABLE;
    }

    private static Skipped.Reason reason(@Nullable Throwable failure) {
        return switch (failure) {
            case CallNotPermittedException _ -> Skipped.Reason.BREAKER_OPEN;
            case TimeoutException _ -> Skipped.Reason.DEADLINE;
            case null, default -> Skipped.Reason.OUTAGE;
        };
    }

    /** What passes by itself, as opposed to a fault of ours in reading a row. */
    static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof CallNotPermittedException
                || failure instanceof DataAccessException
                || failure instanceof R2dbcException
                || failure instanceof IOException;
    }

    private ProblemException unavailable(Throwable failure) {
        String what =
                failure instanceof CallNotPermittedException
                        ? " is not tried, for it has failed too often just now"
                        : " did not succeed within " + deadline.toMillis() + " ms";
        return ProblemException.unavailable(
                ProblemCode.STORE_UNAVAILABLE,
                "Reading the " + name + what + "; ask again after the seconds in Retry-After",
                List.of(),
                retryAfter,
                failure);
    }
}
