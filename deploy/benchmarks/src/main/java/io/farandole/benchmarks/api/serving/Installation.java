package io.farandole.benchmarks.api.serving;

import io.farandole.events.TopicCatalogue;
import io.farandole.postgres.DurablePostgres;
import io.farandole.postgres.PostgresEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A platform in parts, each of which can be there or not: Postgres always is, a broker with the
 * processors, and the API, in processes of their own.
 */
public final class Installation implements AutoCloseable {

    private static final String PROJECT = "farandole-local";
    private static final String JDBC =
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                    + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";
    private static final String REACTIVE =
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration,"
                    + "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration";

    // As `farandole up` runs the whole.
    private static final List<String> USUAL = List.of("-Xmx2g", "-XX:+UseG1GC");
    private static final List<String> BRIEF =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final Path zones;
    private final boolean brief;
    private final DurablePostgres postgres;

    /**
     * Starts Postgres.
     *
     * @param directory for all it writes
     * @param zones GeoJSON
     * @param brief whether it is soon over: then a quick start counts more than speed
     */
    public Installation(Path directory, Path zones, boolean brief) throws IOException {
        this.directory = directory;
        this.zones = zones;
        this.brief = brief;
        this.postgres =
                DurablePostgres.in(Files.createDirectories(directory.resolve("postgres"))).start();
        // Whoever interrupts a benchmark is not left with a server.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres"));
    }

    public PostgresEndpoint postgres() {
        return postgres.endpoint();
    }

    /** Broker, orchestrator and processors, with what they knew. */
    public Platform platform() throws IOException {
        Map<String, Object> orchestrator = owner();
        orchestrator.put("farandole.streams.processors", "");
        Map<String, Object> processors = owner();
        // As the all-in-one has them, where all share the processors.
        processors.put("farandole.streams.workers", 1);
        processors.put("farandole.streams.batch", 500);
        processors.put("farandole.objects.directory", made("objects"));
        processors.put("farandole.warehouse.directory", made("warehouse"));
        return Platform.start(
                flags("platform"),
                Map.of(
                        PlatformProgram.BROKER,
                        Map.of(PlatformProgram.JOURNAL, made("pubsub")),
                        PlatformProgram.ORCHESTRATOR,
                        orchestrator,
                        PlatformProgram.PROCESSORS,
                        processors));
    }

    /** The API, with this broker. */
    public Gateway gateway(Platform platform) throws IOException {
        return gateway(platform.broker());
    }

    /**
     * A broker alone, with the topics that it had, but for that of impressions: what the API has to
     * tell of these goes into the outbox, while all else is as ever.
     */
    public Platform withoutImpressions() throws IOException {
        Platform broker =
                Platform.start(
                        flags("broker"),
                        Map.of(
                                PlatformProgram.BROKER,
                                Map.of(PlatformProgram.JOURNAL, made("pubsub"))));
        try {
            broker.delete("projects/" + PROJECT + "/topics/" + TopicCatalogue.IMPRESSIONS.name());
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    private Gateway gateway(String broker) throws IOException {
        PostgresEndpoint at = postgres();
        Map<String, Object> settings = shared();
        settings.put("spring.cloud.gcp.pubsub.emulator-host", broker);
        settings.put("spring.autoconfigure.exclude", JDBC);
        settings.put("spring.r2dbc.url", r2dbc(at));
        settings.put("spring.r2dbc.username", at.reader().user());
        settings.put("spring.r2dbc.password", at.reader().password());
        settings.put("farandole.api.outbox.url", r2dbc(at));
        settings.put("farandole.api.outbox.username", at.gateway().user());
        settings.put("farandole.api.outbox.password", at.gateway().password());
        settings.put("farandole.api.zones.file", zones.toString());
        settings.put("farandole.api.access.keyless", "loopback");
        settings.put("server.port", 0);
        settings.put("management.server.port", 0);
        if (brief) {
            settings.put("farandole.api.warm-up.requests", 4);
        }
        return Gateway.start(flags("api"), settings);
    }

    private Map<String, Object> owner() {
        PostgresEndpoint at = postgres();
        Map<String, Object> settings = shared();
        settings.put("spring.datasource.url", at.jdbcUrl());
        settings.put("spring.datasource.username", at.owner().user());
        settings.put("spring.datasource.password", at.owner().password());
        settings.put("spring.autoconfigure.exclude", REACTIVE);
        return settings;
    }

    /** Logs are written, as ever, that of calls too; into a file. */
    private List<String> flags(String service) {
        List<String> flags = new ArrayList<>(brief ? BRIEF : USUAL);
        flags.add("-Dlogging.config=classpath:api-logback.xml");
        flags.add("-Dlogging.file.name=" + directory.resolve(service + ".log"));
        return flags;
    }

    private static Map<String, Object> shared() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.cloud.gcp.project-id", PROJECT);
        settings.put("spring.jmx.enabled", "false");
        return settings;
    }

    private static String r2dbc(PostgresEndpoint at) {
        return "r2dbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.database();
    }

    private String made(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name)).toString();
    }

    @Override
    public void close() {
        postgres.close();
    }
}
