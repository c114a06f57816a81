package io.farandole.processors.dataset;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.Archive;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import io.farandole.streams.running.StreamsSettings;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of dataset. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatasetSettings.class, StreamsSettings.class})
class DatasetConfiguration {

    private static final String NAME = "dataset";

    @Bean
    Processor dataset(
            Archive archive,
            ObjectStore objects,
            DatasetSettings settings,
            StreamsSettings streams) {
        requireArchiveBeside(streams.processors());
        return Dataset.describe(
                new CuttingDataSet(new ArchivedInteractions(archive), objects, settings));
    }

    /**
     * Said at the start, and not by the first run that fails.
     *
     * @param chosen the processors that run here; none for all
     */
    static void requireArchiveBeside(List<String> chosen) {
        if (chosen.contains(NAME) && !chosen.contains(TopicCatalogue.ARCHIVE)) {
            throw new IllegalStateException(
                    "farandole.streams.processors names "
                            + NAME
                            + ", which cuts data sets from the archive, but not "
                            + TopicCatalogue.ARCHIVE
                            + ": one process owns the archive's file, and whoever reads it runs"
                            + " there; name both");
        }
    }
}
