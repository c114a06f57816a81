package io.farandole.orchestrator.training;

import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of asking for a training. */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

    @Bean
    RequestingTraining requestingTraining(PublishingEvents publishing) {
        return new RequestingTraining(publishing, Clock.systemUTC());
    }
}
