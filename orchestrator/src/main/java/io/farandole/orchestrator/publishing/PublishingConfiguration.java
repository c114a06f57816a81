package io.farandole.orchestrator.publishing;

import com.google.cloud.spring.pubsub.support.PublisherFactory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of publishing. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    @Bean
    PublishingEvents publishingEvents(PublisherFactory publishers) {
        return new PublishingEvents(publishers, Clock.systemUTC());
    }
}
