package io.farandole.orchestrator.keys;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of keys. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    @Bean
    ApiKeys apiKeys(DataSource database) {
        new KeySchema(database).migrate();
        return new ApiKeys(JdbcClient.create(database));
    }
}
