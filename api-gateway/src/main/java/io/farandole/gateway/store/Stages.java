package io.farandole.gateway.store;

import io.farandole.gateway.GatewaySettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes stages; those of one name share a breaker, whose state is in the metrics. */
@Component
public class Stages {

    private final CircuitBreakerRegistry breakers;
    private final Duration retryAfter;
    private final Duration neededDeadline;

    Stages(GatewaySettings settings, StageSettings stages, MeterRegistry meters) {
        StageSettings.Breakers breaking = stages.breakers();
        this.retryAfter = settings.retryAfter();
        this.neededDeadline = stages.neededDeadline();
        this.breakers =
                CircuitBreakerRegistry.of(
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(breaking.window())
                                .minimumNumberOfCalls(breaking.window() / 2)
                                // The threads that all calls share do not wait for a lock.
                                .slidingWindowSynchronizationStrategy(
                                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                                .failureRateThreshold(breaking.failurePercent())
                                .waitDurationInOpenState(breaking.openFor())
                                .permittedNumberOfCallsInHalfOpenState(breaking.tries())
                                .recordException(Stage::isOutage)
                                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /**
     * A stage that no answer can do without.
     *
     * @param name as an answer tells of it
     */
    public Stage needed(String name) {
        return of(name, neededDeadline);
    }

    /**
     * A stage.
     *
     * @param name as an answer tells of it
     */
    public Stage of(String name, Duration deadline) {
        return new Stage(name, deadline, retryAfter, breakers.circuitBreaker(name));
    }
}
