package io.farandole.orchestrator.models;

import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of looking at models and asking for another one to be served. */
@Configuration(proxyBeanMethods = false)
class ModelsConfiguration {

    @Bean
    ReadingModels readingModels(JdbcClient database) {
        return new ReadingModels(database);
    }

    @Bean
    RequestingSwitch requestingSwitch(PublishingEvents publishing) {
        return new RequestingSwitch(publishing, Clock.systemUTC());
    }
}
