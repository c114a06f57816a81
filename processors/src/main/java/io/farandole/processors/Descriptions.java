package io.farandole.processors;

import io.farandole.streams.Processor;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** All processors of this module, described and not run: nothing outside this process is asked. */
public final class Descriptions {

    private Descriptions() {}

    /** Whatever the service would run: found in the same way, with the same settings. */
    public static List<Processor> all() {
        try (ConfigurableApplicationContext parts =
                new SpringApplicationBuilder(Parts.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .logStartupInfo(false)
                        .registerShutdownHook(false)
                        .properties("spring.config.name=processors")
                        .run(
                                "--spring.main.lazy-initialization=true",
                                "--spring.main.keep-alive=false",
                                "--spring.jmx.enabled=false",
                                "--farandole.objects.directory=not-asked-for",
                                // Whatever the environment says: Google Cloud is not asked either.
                                "--farandole.objects.bucket=",
                                "--farandole.training.engine=local",
                                "--farandole.deployment.predictions=none")) {
            return parts.getBeanProvider(Processor.class).orderedStream().toList();
        }
    }

    // Without an annotation that the service's own scan would find it by.
    @ComponentScan(
            basePackageClasses = ProcessorsApplication.class,
            excludeFilters =
                    @Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = ProcessorsApplication.class))
    @ImportAutoConfiguration(ContextFunctionCatalogAutoConfiguration.class)
    static final class Parts {

        @Bean
        static DataSource database() {
            return new Absent();
        }
    }

    /** Fails whoever asks it: a description is made without it. */
    private static final class Absent extends AbstractDataSource {

        @Override
        public Connection getConnection() {
            throw new IllegalStateException("processors are only described here: no database");
        }

        @Override
        public Connection getConnection(String username, String password) {
            return getConnection();
        }
    }
}
