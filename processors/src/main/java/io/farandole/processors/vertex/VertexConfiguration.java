package io.farandole.processors.vertex;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The way to Vertex AI, made when the first step asks for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VertexSettings.class)
class VertexConfiguration {

    @Bean
    @Lazy
    VertexAi vertexAi(VertexSettings settings) {
        return VertexAi.connect(settings);
    }
}
