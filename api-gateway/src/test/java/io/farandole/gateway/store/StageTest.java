package io.farandole.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class StageTest {

    private final CircuitBreaker breaker =
            CircuitBreaker.of(
                    "lists",
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(4)
                            .minimumNumberOfCalls(4)
                            .recordException(Stage::isOutage)
                            .build());
    private final Stage stage =
            new Stage("lists", Duration.ofMillis(50), Duration.ofSeconds(3), breaker);

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

    @Test
    void isNotTriedWhileItFailsAndTellsTheCallSo() {
        AtomicInteger tries = new AtomicInteger();
        Mono<String> failing =
                Mono.fromSupplier(tries::incrementAndGet)
                        .then(Mono.error(new R2dbcNonTransientResourceException("closed")));
        for (int i = 0; i < 4; i++) {
            assertThat(skipping(failing)).containsExactly("lists outage");
        }
        assertThat(skipping(failing)).containsExactly("lists breaker-open");
        assertThat(tries).hasValue(4);
        breaker.transitionToHalfOpenState();
        assertThat(skipping(Mono.just("come"))).isEmpty();
    }

    @Test
    void tellsTheCallOfAMissedDeadline() {
        assertThat(skipping(Mono.never())).containsExactly("lists deadline");
    }

    @Test
    void aFaultOfOursDoesNotOpenTheBreaker() {
        for (int i = 0; i < 8; i++) {
            StepVerifier.create(stage.hold(Mono.error(new NumberFormatException("x"))))
                    .verifyError(NumberFormatException.class);
        }
        assertThat(skipping(Mono.just("come"))).isEmpty();
    }

    private List<String> skipping(Mono<String> step) {
        Skips skips = new Skips();
        StepVerifier.create(stage.hold(step, skips, Mono.just("come")))
                .expectNext("come")
                .verifyComplete();
        return skips.all().stream().map(one -> one.stage() + " " + one.reason().text()).toList();
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof ProblemException told
                && told.code() == ProblemCode.STORE_UNAVAILABLE;
    }
}
