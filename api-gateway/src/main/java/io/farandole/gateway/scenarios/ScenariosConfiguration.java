package io.farandole.gateway.scenarios;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The scenarios, read once: what is wrong with them ends the start. */
@Configuration(proxyBeanMethods = false)
class ScenariosConfiguration {

    @Bean
    Scenarios scenarios(Environment environment) {
        return ReadingScenarios.from(environment);
    }
}
