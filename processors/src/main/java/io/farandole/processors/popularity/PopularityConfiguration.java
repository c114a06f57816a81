package io.farandole.processors.popularity;

import io.farandole.streams.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of popularity. */
@Configuration(proxyBeanMethods = false)
class PopularityConfiguration {

    @Bean
    Processor popularity() {
        return Popularity.describe();
    }
}
