package io.farandole.benchmarks.api.serving;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A service's settings, as they are told to its process: in one line, never as arguments. */
final class Settings {

    private static final TypeReference<Map<String, Map<String, Object>>> TYPE =
            new TypeReference<>() {};

    private Settings() {}

    /** By service. */
    static String line(Map<String, Map<String, Object>> settings) {
        return JsonMapper.shared().writeValueAsString(new TreeMap<>(settings));
    }

    static Map<String, Map<String, Object>> parse(String line) {
        return JsonMapper.shared().readValue(line, TYPE);
    }

    static ConfigurableApplicationContext run(
            SpringApplicationBuilder service, Map<String, Object> settings) {
        return service.registerShutdownHook(false)
                .bannerMode(Banner.Mode.OFF)
                .initializers(
                        context ->
                                context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(new MapPropertySource("benchmark", settings)))
                .run();
    }
}
