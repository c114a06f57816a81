package io.farandole.orchestrator;

import io.farandole.streams.running.StreamsConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The orchestrator as a service of its own, and its parts for those who run it beside others. */
@SpringBootApplication
@Import(StreamsConfiguration.class)
public class OrchestratorApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /**
     * Ready to run. The settings are in {@code orchestrator.yml}, so that services can share a
     * class path.
     */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(OrchestratorApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=orchestrator");
    }
}
