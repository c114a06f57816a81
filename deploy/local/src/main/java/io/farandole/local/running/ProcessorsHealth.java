package io.farandole.local.running;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** The processors' health, told at the one management port that there is here. */
final class ProcessorsHealth implements HealthIndicator {

    private static final String STREAMS = "streamsHealthIndicator";

    private final AtomicReference<@Nullable ConfigurableApplicationContext> processors =
            new AtomicReference<>();

    void of(ConfigurableApplicationContext context) {
        processors.set(context);
    }

    @Override
    public Health health() {
        ConfigurableApplicationContext context = processors.get();
        if (context == null || !context.isActive()) {
            return Health.down().withDetail("processors", "do not run").build();
        }
        Health health = context.getBean(STREAMS, HealthIndicator.class).health();
        return health == null ? Health.unknown().build() : health;
    }
}
