package io.farandole.processors.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class VertexSettingsTest {

    private static final Map<String, String> ENOUGH =
            Map.of(
                    "farandole.vertex.project", "my-project-1",
                    "farandole.vertex.location", "europe-west1",
                    "farandole.vertex.staging-bucket", "staging",
                    "farandole.vertex.image", "europe-docker.pkg.dev/my-project-1/farandole/p:1",
                    "farandole.vertex.service-account", "t@my-project-1.iam.gserviceaccount.com");

    @Test
    void haveDefaultsForWhatIsNotAPlaceOrAName() {
        VertexSettings settings = bound(ENOUGH).checked();

        assertThat(settings.installation()).isEqualTo("farandole");
        assertThat(settings.classPath()).isEqualTo("/app/*");
        assertThat(settings.jobEnvironment()).isEmpty();
        assertThat(settings.jobPatience()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.predictDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.host()).isNull();
    }

    @Test
    void areNotLookedAtWhereVertexAiIsNotUsed() {
        assertThat(bound(Map.of()).project()).isEmpty();
    }

    @Test
    void sayAllThatIsMissingOrWrongAtOnce() {
        VertexSettings wrong =
                bound(
                        Map.of(
                                "farandole.vertex.project", "My Project",
                                "farandole.vertex.staging-bucket", "gs://staging/folder",
                                "farandole.vertex.image", "processors",
                                "farandole.vertex.training-machine", "large",
                                "farandole.vertex.most-replicas", "0",
                                "farandole.vertex.predict-deadline", "0s"));

        assertThatThrownBy(() -> VertexAi.connect(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("farandole.vertex.*")
                .hasMessageContaining("project = My Project (")
                .hasMessageContaining("location is not set (a region, such as europe-west1)")
                .hasMessageContaining("staging-bucket = gs://staging/folder (")
                .hasMessageContaining("image = processors (")
                .hasMessageContaining("service-account is not set (")
                .hasMessageContaining("training-machine = large (")
                .hasMessageContaining("most-replicas = 0 (1 up)")
                .hasMessageContaining("predict-deadline = PT0S (above 0)");
    }

    private static VertexSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("farandole.vertex", VertexSettings.class);
    }
}
