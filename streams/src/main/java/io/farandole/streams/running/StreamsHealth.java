package io.farandole.streams.running;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN while a subscription is not received, a worker does not work, or nothing is published. */
final class StreamsHealth implements HealthIndicator {

    private final Streams streams;

    StreamsHealth(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Health health() {
        StreamsCondition condition = streams.condition();
        Health.Builder health = condition.isHealthy() ? Health.up() : Health.down();
        condition.subscriptions().forEach((id, state) -> health.withDetail(id, state.name()));
        condition.troubles().forEach(health::withDetail);
        return health.build();
    }
}
