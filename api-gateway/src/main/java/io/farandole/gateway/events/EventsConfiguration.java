package io.farandole.gateway.events;

import io.farandole.gateway.GatewaySettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the door for events. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    @Bean
    ReadingRequest readingRequest(GatewaySettings settings) {
        return new ReadingRequest(settings.events().largestBatch());
    }

    @Bean
    Screening screening(GatewaySettings settings) {
        return new Screening(Clock.systemUTC(), settings.events().mostAhead());
    }
}
