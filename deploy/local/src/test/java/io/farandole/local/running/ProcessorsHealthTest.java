package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.support.GenericApplicationContext;

class ProcessorsHealthTest {

    private final ProcessorsHealth health = new ProcessorsHealth();

    @Test
    void isDownUntilProcessorsRun() {
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void tellsTheProcessorsOfAllServices() {
        health.of(
                service(Health.up().withDetail("training.runs", "RUNNING").build()),
                service(Health.up().withDetail("training.gate", "RUNNING").build()));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).containsOnlyKeys("training.runs", "training.gate");
    }

    @Test
    void isDownWhileOneServiceIsAndHidesNoTrouble() {
        health.of(
                service(Health.up().withDetail("Streams", "fine").build()),
                service(Health.down().withDetail("Streams", "not running").build()));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("Streams", "fine; not running");
    }

    @Test
    void isDownWhenAServiceHasEnded() {
        GenericApplicationContext ended = service(Health.up().build());
        health.of(service(Health.up().build()), ended);
        ended.close();

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    }

    private static GenericApplicationContext service(Health health) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean("streamsHealthIndicator", HealthIndicator.class, () -> () -> health);
        context.refresh();
        return context;
    }
}
