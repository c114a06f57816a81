package io.farandole.processors.training;

import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.Step;
import io.farandole.processors.vertex.VertexAi;
import io.farandole.streams.Processor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of training. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingSettings.class)
class TrainingConfiguration {

    @Bean
    Processor training(
            ObjectStore objects, TrainingSettings settings, ObjectProvider<VertexAi> vertex) {
        Trainings trainings = trainings(objects, settings, vertex);
        return Step.named("training", DatasetReady.class, trainings::train, trainings::end).build();
    }

    private static Trainings trainings(
            ObjectStore objects, TrainingSettings settings, ObjectProvider<VertexAi> vertex) {
        return switch (settings.engine()) {
            case LOCAL -> new TrainingModels(objects, new ChildTrainer(settings));
            case VERTEX -> {
                if (!(objects instanceof CloudObjects)) {
                    throw new IllegalArgumentException(
                            "farandole.training.engine = vertex needs farandole.objects.bucket: a"
                                    + " job cannot read a directory of this machine");
                }
                VertexAi ai = vertex.getObject();
                if (ai.jobs().jobPatience().compareTo(settings.longest()) <= 0) {
                    throw new IllegalArgumentException(
                            "farandole.vertex.job-patience = "
                                    + ai.jobs().jobPatience()
                                    + " must be more than farandole.training.longest = "
                                    + settings.longest()
                                    + ": a machine has to be waited for too");
                }
                yield new VertexTrainings(objects, ai.jobs(), settings, ai.project());
            }
        };
    }
}
