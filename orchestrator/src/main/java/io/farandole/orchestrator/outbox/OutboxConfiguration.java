package io.farandole.orchestrator.outbox;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the table at the start. */
@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {

    @Bean
    OutboxSchema outboxSchema(DataSource database) {
        OutboxSchema schema = new OutboxSchema(database);
        schema.migrate();
        return schema;
    }
}
