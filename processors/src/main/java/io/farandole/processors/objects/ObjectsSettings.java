package io.farandole.processors.objects;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where objects are: {@code farandole.objects.*}.
 *
 * @param directory shared by all processes that run a step; made when something is put there
 */
@ConfigurationProperties("farandole.objects")
record ObjectsSettings(Path directory) {

    ObjectsSettings(@Nullable Path directory) {
        if (directory == null || directory.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "farandole.objects.directory is not set: name a directory for data sets and"
                            + " models");
        }
        this.directory = directory;
    }
}
