package io.farandole.processors;

import io.farandole.streams.running.StreamsConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The processors as a service of their own, and its parts for those who run it beside others. */
@SpringBootApplication
@Import(StreamsConfiguration.class)
public class ProcessorsApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /**
     * Ready to run. The settings are in {@code processors.yml}, not {@code application.yml}, so
     * that several services can share one class path.
     */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ProcessorsApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=processors");
    }
}
