package io.farandole.processors.evaluation;

import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.objects.ObjectStore;
import io.farandole.processors.steps.Step;
import io.farandole.streams.Processor;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of evaluation. */
@Configuration(proxyBeanMethods = false)
class EvaluationConfiguration {

    @Bean
    Processor evaluation(ObjectStore objects, DataSource database) {
        MeasuringModels models = new MeasuringModels(objects, new ServedModelReading(database));
        return Step.named("evaluation", ModelTrained.class, models::measure).build();
    }
}
