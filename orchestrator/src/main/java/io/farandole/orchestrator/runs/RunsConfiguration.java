package io.farandole.orchestrator.runs;

import io.farandole.streams.Processor;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of the run ledger. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RunsSettings.class)
class RunsConfiguration {

    @Bean
    Processor runs() {
        return Runs.describe();
    }

    @Bean
    ReadingRuns readingRuns(JdbcClient database, RunsSettings settings) {
        return new ReadingRuns(database, settings.deadlines(), Clock.systemUTC());
    }
}
