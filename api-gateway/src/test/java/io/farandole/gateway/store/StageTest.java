package io.farandole.gateway.store;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class StageTest {

    private final Stage stage = new Stage("lists", Duration.ofMillis(50), Duration.ofSeconds(3));

    @Test
    void passesOnWhatComesInTime() {
        StepVerifier.create(stage.hold(Mono.just(1))).expectNext(1).verifyComplete();
    }

    @Test
    void endsWithTheDeadline() {
        StepVerifier.withVirtualTime(() -> stage.hold(Mono.never()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(49))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorMatches(StageTest::isUnavailable);
    }

    @Test
    void tellsAnOutage() {
        StepVerifier.create(
                        stage.hold(Mono.error(new DataAccessResourceFailureException("refused"))))
                .verifyErrorMatches(StageTest::isUnavailable);
        StepVerifier.create(
                        stage.hold(Mono.error(new R2dbcNonTransientResourceException("closed"))))
                .verifyErrorMatches(StageTest::isUnavailable);
    }

    @Test
    void doesNotHideAFaultOfOurs() {
        StepVerifier.create(stage.hold(Mono.error(new NumberFormatException("x"))))
                .verifyError(NumberFormatException.class);
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof ProblemException told
                && told.code() == ProblemCode.STORE_UNAVAILABLE;
    }
}
