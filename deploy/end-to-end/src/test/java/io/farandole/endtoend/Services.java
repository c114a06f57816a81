package io.farandole.endtoend;

import io.farandole.local.importing.Importing;
import io.farandole.local.movielens.DataSet;
import io.farandole.orchestrator.OrchestratorApplication;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.ProcessorsApplication;
import io.farandole.pubsub.EmbeddedPubSub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The orchestrator and each processor as a service of its own, which can be stopped by itself. */
final class Services implements AutoCloseable {

    private static final String PROJECT = "farandole-test";

    private final DurablePostgres postgres = DurablePostgres.temporary();
    private final EmbeddedPubSub pubSub = EmbeddedPubSub.start();
    private final Path objects;
    private final ConfigurableApplicationContext orchestrator;
    private final Map<String, ConfigurableApplicationContext> processors = new HashMap<>();

    /**
     * @param deadlines of the steps, in words of Spring's durations
     */
    Services(Map<String, String> deadlines) {
        try {
            objects = Files.createTempDirectory("farandole-objects-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orchestrator =
                run(
                        OrchestratorApplication.builder(),
                        deadlines.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                deadline ->
                                                        "farandole.orchestrator.runs.deadlines."
                                                                + deadline.getKey(),
                                                Map.Entry::getValue)));
    }

    /** Starts processors in one service. */
    void start(String... names) {
        String all = String.join(",", names);
        processors.put(
                all,
                run(
                        ProcessorsApplication.builder(),
                        Map.of(
                                "farandole.streams.processors",
                                all,
                                "farandole.objects.directory",
                                objects.toString(),
                                "farandole.warehouse.directory",
                                objects.resolve("warehouse").toString(),
                                // Canaries are another story's.
                                "farandole.deployment.canary-share",
                                "100",
                                // Many services share one small Postgres.
                                "farandole.streams.workers",
                                "1",
                                "farandole.streams.relay.threads",
                                "1",
                                "spring.datasource.hikari.minimum-idle",
                                "1",
                                "spring.datasource.hikari.maximum-pool-size",
                                "10")));
    }

    /** Stops the service of these processors, as it would be to install another version. */
    void stop(String... names) {
        ConfigurableApplicationContext service = processors.remove(String.join(",", names));
        if (service == null) {
            throw new IllegalStateException("not started: " + List.of(names));
        }
        service.close();
    }

    void publish(DataSet dataSet) {
        try (Importing importing = new Importing(dataSet, pubSub.endpoint(), PROJECT)) {
            importing.run();
        }
    }

    <T> T orchestrator(Class<T> use) {
        return orchestrator.getBean(use);
    }

    JdbcClient database() {
        return JdbcClient.create(postgres.ownerDataSource());
    }

    @Override
    public void close() {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        parts.add(postgres);
        parts.add(pubSub);
        parts.add(orchestrator);
        parts.addAll(processors.values());
        parts.descendingIterator()
                .forEachRemaining(
                        part -> {
                            try {
                                part.close();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        try (Stream<Path> all = Files.walk(objects)) {
            all.sorted((one, other) -> other.compareTo(one))
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigurableApplicationContext run(
            SpringApplicationBuilder service, Map<String, ?> own) {
        Map<String, Object> settings = new HashMap<>(own);
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.owner().user());
        settings.put("spring.datasource.password", postgres.owner().password());
        settings.put("spring.cloud.gcp.project-id", PROJECT);
        settings.put("spring.cloud.gcp.pubsub.emulator-host", pubSub.endpoint());
        settings.put("spring.jmx.enabled", "false");
        settings.put(
                "spring.autoconfigure.exclude",
                "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration,"
                        + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration");
        return service.registerShutdownHook(false)
                .initializers(
                        context ->
                                context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(new MapPropertySource("test", settings)))
                .run();
    }
}
