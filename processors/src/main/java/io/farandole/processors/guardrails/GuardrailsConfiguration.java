package io.farandole.processors.guardrails;

import io.farandole.streams.Processor;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the guardrails. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardrailSettings.class)
class GuardrailsConfiguration {

    /** For so long a canary may be tried: known to whoever verifies what is kept. */
    @Bean
    Duration longestTrial(GuardrailSettings settings) {
        return settings.longest();
    }

    @Bean
    Processor guardrails(GuardrailSettings settings) {
        return new Guardrails(settings).describe();
    }
}
