package io.farandole.processors.dataset;

import io.farandole.recommenders.model.ModelSpec;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is trained when a request names no candidates: {@code farandole.training.*}.
 *
 * @param candidates specifications of models, at least one
 */
@ConfigurationProperties("farandole.training")
record DatasetSettings(@DefaultValue("ease") List<String> candidates) {

    DatasetSettings {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("farandole.training.candidates is empty");
        }
        candidates.forEach(ModelSpec::parse);
    }
}
