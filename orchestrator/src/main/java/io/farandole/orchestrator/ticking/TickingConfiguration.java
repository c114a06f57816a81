package io.farandole.orchestrator.ticking;

import io.farandole.events.EventId;
import io.farandole.events.TickEvent;
import io.farandole.events.TopicCatalogue;
import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the embedded clock; on Google Cloud, Cloud Scheduler sends the ticks instead. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "farandole.orchestrator.clock.embedded", matchIfMissing = true)
@EnableConfigurationProperties(TickingSettings.class)
class TickingConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Bean
    EmbeddedClock embeddedClock(
            TickingSettings settings, DataSource database, PublishingEvents publishing) {
        return new EmbeddedClock(
                settings.all(),
                new ReachedTimes(database),
                tick -> send(tick, publishing),
                Clock.systemUTC());
    }

    private static void send(TickEvent.Due tick, PublishingEvents publishing) {
        String _ =
                publishing
                        .publish(
                                TopicCatalogue.TICKS,
                                tick,
                                EventId.ticked(tick.schedule(), tick.due()),
                                tick.due(),
                                null)
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
    }
}
