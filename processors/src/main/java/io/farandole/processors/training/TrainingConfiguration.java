package io.farandole.processors.training;

import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of training. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingSettings.class)
class TrainingConfiguration {

    @Bean
    Processor training(ObjectStore objects, TrainingSettings settings) {
        TrainingModels models = new TrainingModels(objects, new ChildTrainer(settings));
        return Step.named("training", DatasetReady.class, models::train).build();
    }
}
