package io.farandole.processors.triggers;

import io.farandole.streams.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the triggers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriggerSettings.class)
class TriggersConfiguration {

    @Bean
    Processor triggers(TriggerSettings settings) {
        return new Triggers(settings).describe();
    }
}
