package io.farandole.benchmarks.api.serving;

import io.farandole.postgres.DurablePostgres;
import io.farandole.postgres.PostgresEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    private final Path directory;
    private final Path zones;
    private final DurablePostgres postgres;

    /**
     * Starts Postgres.
     *
     * @param directory for all it writes
     * @param zones GeoJSON
     */
    public Installation(Path directory, Path zones) throws IOException {
        this.directory = directory;
        this.zones = zones;
        this.postgres =
                DurablePostgres.in(Files.createDirectories(directory.resolve("postgres"))).start();
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

    /** The API, whose broker is away: what it has to tell goes into the outbox. */
    public Gateway gateway() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return gateway("127.0.0.1:" + free.getLocalPort());
        }
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
        // Its access log is written, as ever; into a file.
        settings.put("logging.config", "classpath:api-logback.xml");
        settings.put("logging.file.name", directory.resolve("api.log").toString());
        return Gateway.start(settings);
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
