package io.farandole.orchestrator.refreshing;

import io.farandole.orchestrator.publishing.PublishingEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of refreshing. */
@Configuration(proxyBeanMethods = false)
class RefreshingConfiguration {

    @Bean
    RefreshingLists refreshingLists(JdbcClient database, PublishingEvents publishing) {
        return new RefreshingLists(database, publishing);
    }
}
