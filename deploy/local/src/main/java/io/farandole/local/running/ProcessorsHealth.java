package io.farandole.local.running;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The health of all processors, whichever service they are in, told at the one management port that
 * there is here.
 */
final class ProcessorsHealth implements HealthIndicator {

    private static final String STREAMS = "streamsHealthIndicator";

    private final AtomicReference<List<ConfigurableApplicationContext>> services =
            new AtomicReference<>(List.of());

    /** These run processors; until this is said, none do. */
    void of(ConfigurableApplicationContext... contexts) {
        services.set(List.of(contexts));
    }

    @Override
    public Health health() {
        List<ConfigurableApplicationContext> contexts = services.get();
        if (contexts.isEmpty()) {
            return Health.down().withDetail("processors", "do not run").build();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        boolean up = true;
        for (ConfigurableApplicationContext context : contexts) {
            Health health = health(context);
            up &= health.getStatus().equals(Status.UP);
            // Two services may have the same trouble: neither hides the other.
            health.getDetails()
                    .forEach(
                            (name, detail) ->
                                    details.merge(name, detail, (one, two) -> one + "; " + two));
        }
        return (up ? Health.up() : Health.down()).withDetails(details).build();
    }

    private static Health health(ConfigurableApplicationContext context) {
        if (!context.isActive()) {
            return Health.down().withDetail("processors", "do not run").build();
        }
        Health health = context.getBean(STREAMS, HealthIndicator.class).health();
        return health == null ? Health.unknown().build() : health;
    }
}
