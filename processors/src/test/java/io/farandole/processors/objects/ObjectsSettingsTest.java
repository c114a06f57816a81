package io.farandole.processors.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ObjectsSettingsTest {

    @Test
    void needADirectoryAndTakeABucket() {
        assertThat(new ObjectsSettings(Path.of("objects"), " ", null).bucket()).isNull();
        assertThat(new ObjectsSettings(Path.of("copies"), "a-bucket.example", null).bucket())
                .isEqualTo("a-bucket.example");
        assertThatThrownBy(() -> new ObjectsSettings(null, "bucket", null))
                .hasMessageContaining("farandole.objects.directory");
        assertThatThrownBy(() -> new ObjectsSettings(Path.of("x"), "gs://bucket/folder", null))
                .hasMessageContaining("farandole.objects.bucket = gs://bucket/folder")
                .hasMessageContaining("without gs://");
    }
}
