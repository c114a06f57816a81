package io.farandole.processors.personalisation;

import io.farandole.processors.lists.ReleasesLoading;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of personalisation. */
@Configuration(proxyBeanMethods = false)
class PersonalisationConfiguration {

    @Bean
    Processor personalisation(ObjectStore objects) {
        return new Personalisation(new ReleasesLoading(objects)).describe();
    }
}
