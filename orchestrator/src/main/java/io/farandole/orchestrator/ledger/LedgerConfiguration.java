package io.farandole.orchestrator.ledger;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the ledger that need no journal: on Google Cloud there is none to read. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    ReadingLedger readingLedger(JdbcClient database) {
        return new ReadingLedger(database);
    }
}
