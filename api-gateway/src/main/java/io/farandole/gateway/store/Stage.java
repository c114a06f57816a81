package io.farandole.gateway.store;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Mono;

/** A step of an answer that needs Postgres: it has a deadline, and says so when it is missed. */
public record Stage(String name, Duration deadline, Duration retryAfter) {

    public <T> Mono<T> hold(Mono<T> step) {
        return step.timeout(deadline).onErrorMap(Stage::isOutage, this::unavailable);
    }

    /** What passes by itself, as opposed to a fault of ours in reading a row. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof TimeoutException
                || failure instanceof DataAccessException
                || failure instanceof R2dbcException
                || failure instanceof IOException;
    }

    private ProblemException unavailable(Throwable failure) {
        return ProblemException.unavailable(
                ProblemCode.STORE_UNAVAILABLE,
                "Reading the "
                        + name
                        + " did not succeed within "
                        + deadline.toMillis()
                        + " ms; ask again after the seconds in Retry-After",
                List.of(),
                retryAfter,
                failure);
    }
}
