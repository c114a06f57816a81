package io.farandole.processors.vertex;

import com.google.cloud.aiplatform.v1.Model;
import java.time.Instant;

/**
 * A version of the installation's model in the registry.
 *
 * @param name with its number, {@code projects/…/models/…@3}
 * @param model the checksum of what it is; empty if somebody else has uploaded it
 * @param isDefault whether whoever asks for no version gets it
 */
public record ModelVersion(String name, String model, boolean isDefault, Instant created) {

    static final String CHECKSUM = "farandole_model";
    static final String DEFAULT = "default";

    static ModelVersion of(Model model) {
        String name = model.getName();
        int at = name.indexOf('@');
        return new ModelVersion(
                (at < 0 ? name : name.substring(0, at)) + "@" + model.getVersionId(),
                model.getLabelsOrDefault(CHECKSUM, ""),
                model.getVersionAliasesList().contains(DEFAULT),
                Instant.ofEpochSecond(
                        model.getVersionCreateTime().getSeconds(),
                        model.getVersionCreateTime().getNanos()));
    }
}
