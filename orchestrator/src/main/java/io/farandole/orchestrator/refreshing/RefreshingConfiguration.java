package io.farandole.orchestrator.refreshing;

import com.google.cloud.spring.pubsub.support.PublisherFactory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of refreshing. */
@Configuration(proxyBeanMethods = false)
class RefreshingConfiguration {

    @Bean
    RefreshingLists refreshingLists(JdbcClient database, PublisherFactory publishers) {
        return new RefreshingLists(database, publishers, Clock.systemUTC());
    }
}
