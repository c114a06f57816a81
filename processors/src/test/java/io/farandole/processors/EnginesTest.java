package io.farandole.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.processors.vertex.VertexAi;
import io.farandole.streams.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Where models are trained and asked is settled at the start, or refused there. */
class EnginesTest {

    private static final List<String> VERTEX =
            List.of(
                    "--farandole.objects.bucket=bucket",
                    "--farandole.objects.host=http://127.0.0.1:1",
                    "--farandole.training.engine=vertex",
                    "--farandole.deployment.predictions=vertex",
                    "--farandole.vertex.project=my-project-1",
                    "--farandole.vertex.location=europe-west1",
                    "--farandole.vertex.staging-bucket=staging",
                    "--farandole.vertex.image=europe-docker.pkg.dev/my-project-1/farandole/p:1",
                    "--farandole.vertex.service-account=t@my-project-1.iam.gserviceaccount.com",
                    "--farandole.vertex.host=127.0.0.1:1");

    @Test
    void nothingOfVertexAiIsMadeWhereNothingNamesIt() {
        try (ConfigurableApplicationContext parts = start(List.of())) {
            assertThat(parts.getBeanFactory().containsSingleton("vertexAi")).isFalse();
            assertThat(parts.getBeanNamesForType(VertexAi.class, true, false)).hasSize(1);
        }
    }

    @Test
    void startsWithoutAskingVertexAiAnything() {
        try (ConfigurableApplicationContext parts = start(VERTEX)) {
            assertThat(parts.getBeanFactory().containsSingleton("vertexAi")).isTrue();
        }
    }

    @Test
    void refusesADirectoryForJobsAndEndpoints() {
        assertRefused(
                List.of("--farandole.training.engine=vertex"),
                "farandole.training.engine = vertex needs farandole.objects.bucket");
        assertRefused(
                List.of("--farandole.deployment.predictions=vertex"),
                "farandole.deployment.predictions = vertex needs farandole.objects.bucket");
    }

    @Test
    void refusesSettingsThatWillNotDo() {
        assertRefused(
                Stream.concat(
                                VERTEX.stream(),
                                Stream.of(
                                        "--farandole.vertex.location=europe",
                                        "--farandole.vertex.image="))
                        .toList(),
                "location = europe (a region, such as europe-west1); image is not set (");
        assertRefused(
                Stream.concat(VERTEX.stream(), Stream.of("--farandole.vertex.job-patience=30m"))
                        .toList(),
                "farandole.vertex.job-patience = PT30M must be more than"
                        + " farandole.training.longest = PT30M");
        assertRefused(List.of("--farandole.training.engine=spark"), "farandole.training.engine");
    }

    private static void assertRefused(List<String> settings, String reason) {
        assertThatThrownBy(() -> start(settings).close()).hasStackTraceContaining(reason);
    }

    // The last setting of a name counts.
    private static ConfigurableApplicationContext start(List<String> settings) {
        List<String> arguments = new ArrayList<>();
        for (String setting : settings.reversed()) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            if (arguments.stream().noneMatch(known -> known.startsWith(name))) {
                arguments.add(setting);
            }
        }
        arguments.add("--farandole.objects.directory=not-asked-for");
        arguments.add("--spring.main.keep-alive=false");
        // The database is not asked: processors alone are made, below.
        arguments.add("--spring.main.lazy-initialization=true");
        ConfigurableApplicationContext parts =
                new SpringApplicationBuilder(Descriptions.Parts.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .logStartupInfo(false)
                        .registerShutdownHook(false)
                        .properties("spring.config.name=processors")
                        .run(arguments.toArray(String[]::new));
        assertThat(parts.getBeansOfType(Processor.class)).hasSizeGreaterThan(10);
        return parts;
    }
}
