package io.farandole.processors.profile;

import io.farandole.streams.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the profile. */
@Configuration(proxyBeanMethods = false)
class ProfileConfiguration {

    @Bean
    Processor profile() {
        return Profile.describe();
    }
}
