package io.farandole.gateway.zones;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The zones that were set; with wrong ones there is no start. */
@Configuration(proxyBeanMethods = false)
class ZoneConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ZoneConfiguration.class);

    @Bean
    Zones zones(ZoneSettings settings, JsonMapper json) {
        Path file = settings.file();
        if (file == null) {
            return Zones.none();
        }
        Zones zones = new ReadingZones(json, settings.idProperty()).read(file);
        log.info("{} zones read from {}", zones.size(), file);
        return zones;
    }
}
