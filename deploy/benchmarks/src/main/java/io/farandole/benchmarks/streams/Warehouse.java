package io.farandole.benchmarks.streams;

import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Landing;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The platform's own archive, in a DuckDB file, wired as the processors' service wires it. */
final class Warehouse implements AutoCloseable {

    private static final String PACKAGE = "io.farandole.processors.warehouse";

    private final AnnotationConfigApplicationContext parts =
            new AnnotationConfigApplicationContext();

    Warehouse(Path directory) {
        parts.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "benchmark",
                                Map.of("farandole.warehouse.directory", directory.toString())));
        parts.scan(PACKAGE);
        parts.refresh();
    }

    Landing landing() {
        return parts.getBean(Landing.class);
    }

    ArchivedEvents events() {
        return parts.getBean(ArchivedEvents.class);
    }

    @Override
    public void close() {
        parts.close();
    }
}
