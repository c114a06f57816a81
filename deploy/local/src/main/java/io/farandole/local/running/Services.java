package io.farandole.local.running;

import io.farandole.gateway.GatewayApplication;
import io.farandole.orchestrator.OrchestratorApplication;
import io.farandole.postgres.PostgresEndpoint;
import io.farandole.processors.ProcessorsApplication;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The platform's services as sibling contexts: none is another's parent, each has the web type and
 * the settings that it has on a machine of its own.
 */
final class Services {

    private static final String JDBC =
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                    + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";
    private static final String R2DBC =
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration";

    /**
     * On this class path a service without HTTP would end the event loops of the API's server when
     * it ends itself, and wait until they are quiet.
     */
    private static final String EVENT_LOOPS =
            "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration";

    /**
     * All processors share this machine's cores: more than one worker a source would only take
     * turns with the others, and a backlog costs less in larger transactions. Defaults; settings
     * from outside win.
     */
    private static final Map<String, Object> ONE_MACHINE =
            Map.of("farandole.streams.workers", 1, "farandole.streams.batch", 500);

    /**
     * It listens on this machine alone: the commands and the first steps need no key. A default;
     * settings from outside win.
     */
    private static final Map<String, Object> THIS_MACHINE =
            Map.of("farandole.api.access.keyless", "loopback");

    private final PostgresEndpoint postgres;
    private final Ports ports;
    private final DataDirectory directory;
    private final JournalBounds journal;
    private final OldClients oldClients;
    private final WithoutSocket broker;

    Services(
            PostgresEndpoint postgres,
            Ports ports,
            DataDirectory directory,
            JournalBounds journal,
            OldClients oldClients,
            WithoutSocket broker) {
        this.postgres = postgres;
        this.ports = ports;
        this.directory = directory;
        this.journal = journal;
        this.oldClients = oldClients;
        this.broker = broker;
    }

    ConfigurableApplicationContext orchestrator() {
        Map<String, Object> settings = owner();
        // Whoever names processors to run means those of the other service.
        settings.put("farandole.streams.processors", "");
        settings.put("farandole.orchestrator.provisioning.retention-days", journal.days());
        return run(OrchestratorApplication.builder(), settings);
    }

    ConfigurableApplicationContext processors() {
        Map<String, Object> settings = owner();
        settings.put("farandole.objects.directory", directory.objects().toString());
        settings.put("farandole.warehouse.directory", directory.warehouse().toString());
        // With one worker a source; the three services share the hundred that Postgres gives.
        settings.put("spring.datasource.hikari.maximum-pool-size", 45);
        return run(ProcessorsApplication.builder().properties(ONE_MACHINE), settings);
    }

    /**
     * @param processors is shown beside the API's own health
     * @param lag is told at the same port
     * @param archive answers there too
     * @param verify and this
     * @param bounds and these
     */
    ConfigurableApplicationContext gateway(
            ProcessorsHealth processors,
            LagEndpoint lag,
            ArchiveEndpoint archive,
            VerifyEndpoint verify,
            BoundsEndpoint bounds) {
        return run(
                GatewayApplication.builder()
                        .properties(THIS_MACHINE)
                        .initializers(
                                context -> {
                                    GenericApplicationContext own =
                                            (GenericApplicationContext) context;
                                    own.registerBean(
                                            "processorsHealthIndicator",
                                            ProcessorsHealth.class,
                                            () -> processors);
                                    own.registerBean("lagEndpoint", LagEndpoint.class, () -> lag);
                                    own.registerBean(ArchiveEndpoint.class, () -> archive);
                                    own.registerBean(VerifyEndpoint.class, () -> verify);
                                    own.registerBean(BoundsEndpoint.class, () -> bounds);
                                }),
                reader());
    }

    private ConfigurableApplicationContext run(
            SpringApplicationBuilder service, Map<String, Object> settings) {
        return service.registerShutdownHook(false)
                .bannerMode(Banner.Mode.OFF)
                .initializers(
                        context ->
                                context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(new MapPropertySource("farandole", settings)),
                        context -> broker.initialize((GenericApplicationContext) context))
                .run();
    }

    private Map<String, Object> owner() {
        Map<String, Object> settings = shared();
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.owner().user());
        settings.put("spring.datasource.password", postgres.owner().password());
        settings.put("spring.autoconfigure.exclude", R2DBC + "," + EVENT_LOOPS);
        return settings;
    }

    private Map<String, Object> reader() {
        Map<String, Object> settings = shared();
        settings.put(
                "spring.r2dbc.url",
                "r2dbc:postgresql://"
                        + postgres.host()
                        + ":"
                        + postgres.port()
                        + "/"
                        + postgres.database());
        settings.put("spring.r2dbc.username", postgres.reader().user());
        settings.put("spring.r2dbc.password", postgres.reader().password());
        settings.put("farandole.api.outbox.url", settings.get("spring.r2dbc.url"));
        settings.put("farandole.api.outbox.username", postgres.gateway().user());
        settings.put("farandole.api.outbox.password", postgres.gateway().password());
        settings.putAll(oldClients.settings());
        if (Files.exists(directory.zones())) {
            settings.put("farandole.api.zones.file", directory.zones().toString());
        }
        settings.put("server.port", ports.api());
        settings.put("management.server.port", ports.management());
        settings.put(
                "management.endpoints.web.exposure.include",
                "health,info,metrics,lag,archive,verify,bounds");
        settings.put("spring.autoconfigure.exclude", JDBC);
        return settings;
    }

    private Map<String, Object> shared() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.cloud.gcp.project-id", AllInOne.PROJECT);
        settings.put("spring.cloud.gcp.pubsub.emulator-host", "127.0.0.1:" + ports.pubsub());
        settings.put("spring.jmx.enabled", "false");
        return settings;
    }
}
