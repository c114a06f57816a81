package io.farandole.processors.dataset;

import io.farandole.processors.archive.Archive;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of dataset. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatasetSettings.class)
class DatasetConfiguration {

    @Bean
    Processor dataset(Archive archive, ObjectStore objects, DatasetSettings settings) {
        return Dataset.describe(
                new CuttingDataSet(new ArchivedInteractions(archive), objects, settings));
    }
}
