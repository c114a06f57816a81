package io.farandole.processors.objects;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the objects of this installation are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ObjectsSettings.class)
class ObjectsConfiguration {

    @Bean
    ObjectStore objects(ObjectsSettings settings) {
        return settings.bucket() == null
                ? new DirectoryObjects(settings.directory())
                : CloudObjects.in(settings.bucket(), settings.host(), settings.directory());
    }
}
