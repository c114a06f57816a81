package io.farandole.processors.guardrails;

import io.farandole.streams.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the guardrails. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardrailSettings.class)
class GuardrailsConfiguration {

    @Bean
    Processor guardrails(GuardrailSettings settings) {
        return new Guardrails(settings).describe();
    }
}
