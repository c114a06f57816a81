package io.farandole.processors.warehouse;

import io.farandole.processors.archive.ReplayedArchive;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the warehouse; the file is opened where {@code archive} runs, and only there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WarehouseSettings.class)
class WarehouseConfiguration {

    @Bean
    DuckDbArchive archive(WarehouseSettings settings) {
        return new DuckDbArchive(settings);
    }

    @Bean
    ReplayedArchive replayedArchive(DuckDbArchive archive) {
        return new ReplayedArchive(archive);
    }
}
