package io.farandole.processors.ingestion;

import io.farandole.events.Event;
import io.farandole.streams.Processor;
import io.farandole.streams.Stepped;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of ingestion. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestionSettings.class)
class IngestionConfiguration {

    @Bean
    Function<Stepped<Event>, Stepped<Event>> validate(IngestionSettings settings) {
        return new Validation(settings.clockTolerance());
    }

    @Bean
    Function<Stepped<Event>, Stepped<Event>> clean() {
        return new Cleaning();
    }

    @Bean
    Processor ingestion(FunctionCatalog functions, IngestionSettings settings) {
        return Ingestion.describe(Steps.named(settings.steps(), functions), settings);
    }
}
