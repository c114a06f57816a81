package io.farandole.processors.catalogue;

import io.farandole.streams.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    Processor catalogue() {
        return Catalogue.describe();
    }
}
