package io.farandole.processors.lineage;

import io.farandole.streams.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of lineage. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LineageSettings.class)
class LineageConfiguration {

    @Bean
    Processor lineage(LineageSettings settings) {
        return Lineage.describe(settings);
    }
}
