package io.farandole.processors.personalisation;

import io.farandole.streams.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of personalisation. */
@Configuration(proxyBeanMethods = false)
class PersonalisationConfiguration {

    @Bean
    Processor personalisation() {
        return Personalisation.describe();
    }
}
