package io.farandole.gateway;

import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.pubsub.v1.Subscription;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.access.Issuer;
import io.farandole.gateway.blocking.Blocked;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.zones.ZoneOf;
import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.EmbeddedPubSub;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Postgres, a broker and the gateway, for real and once for all tests of this JVM. */
public final class Platform {

    /** How many impressions may wait for the broker. */
    public static final int IMPRESSIONS_BUFFER = 250;

    /** Whose pages may read answers. */
    public static final String ORIGIN = "https://app.example.org";

    /** How many streams one user may have open. */
    public static final int STREAMS_PER_USER = 3;

    /** How long a list stays as it was sent. */
    public static final Duration STREAMS_AT_MOST_EVERY = Duration.ofMillis(100);

    /** What old clients show. */
    public static final String OLD_TOKEN = "the-old-token";

    private static @Nullable Platform shared;

    private final DurablePostgres postgres;
    private final Issuer issuer = new Issuer();
    private final Path journal;
    private final int brokerPort;
    private EmbeddedPubSub pubsub;
    private final ConfigurableApplicationContext gateway;
    private final int managementPort;
    private int fills;

    private Platform() {
        Blocked.watch();
        postgres = DurablePostgres.temporary();
        execute(resource("/read-models.sql"));
        try {
            journal = Files.createTempDirectory(Path.of("target"), "journal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pubsub = EmbeddedPubSub.builder().journal(journal).start();
        brokerPort = pubsub.port();
        ManagementPort management = new ManagementPort();
        gateway =
                GatewayApplication.builder()
                        .listeners(management)
                        .initializers(
                                context ->
                                        ((GenericApplicationContext) context)
                                                .registerBean(
                                                        SentStatements.class, SentStatements::new))
                        .run(settings());
        managementPort = management.port();
        provision();
    }

    /** The one that all tests use; it ends with the JVM. */
    public static synchronized Platform shared() {
        Platform platform = shared;
        if (platform == null) {
            platform = new Platform();
            shared = platform;
        }
        return platform;
    }

    /** A client of the API. */
    public WebTestClient api() {
        return client(apiPort());
    }

    /** A client of the management port. */
    public WebTestClient management() {
        return client(managementPort);
    }

    public int apiPort() {
        return Objects.requireNonNull(((WebServerApplicationContext) gateway).getWebServer())
                .getPort();
    }

    public <T> T bean(Class<T> type) {
        return gateway.getBean(type);
    }

    public DurablePostgres postgres() {
        return postgres;
    }

    /** Whose tokens are taken. */
    public Issuer issuer() {
        return issuer;
    }

    public void stopBroker() {
        pubsub.close();
    }

    /** On the same port, with what it knew. */
    public void startBroker() {
        pubsub = EmbeddedPubSub.builder().port(brokerPort).journal(journal).start();
    }

    /** Runs SQL as the owner of the read models; what it says of offers is known at once. */
    public void run(String sql) {
        execute(sql);
        if (sql.contains("catalogue.")) {
            knowOffers();
        }
    }

    /** Much at once: what it says of offers is known when all is there. */
    public void fill(Runnable filling) {
        fills++;
        try {
            filling.run();
        } finally {
            fills--;
        }
        knowOffers();
    }

    /** As an event would have told of them. */
    private void knowOffers() {
        if (fills > 0) {
            return;
        }
        bean(Offers.class).reload().block(Duration.ofSeconds(10));
    }

    private void execute(String sql) {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a query counts, as the owner sees it. */
    public long count(String query) {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a row into a store, in the place of the one with its key. */
    public void put(String store, int generation, String key, String value) {
        update("delete from " + store + " where generation = ? and key = ?", generation, key);
        update("insert into " + store + " values (?, ?, ?::jsonb, 1)", generation, key, value);
        if (store.startsWith("catalogue.")) {
            knowOffers();
        }
    }

    /** Serves this release, which is there or is made now. */
    public void serve(String release, String model) {
        update(
                "insert into deployment.releases values (?, (select count(*) from"
                        + " deployment.releases), ?, ?, 'ease:lambda=200', 'LIVE', 'data-of-' || ?) on"
                        + " conflict do nothing",
                release,
                "run-" + release,
                model,
                release);
        update(
                "insert into deployment.serving_set values (true, 1, ?)"
                        + " on conflict (the_one) do update set release = excluded.release",
                release);
    }

    /**
     * Tries this release, which is there or is made now, on so many of a hundred users.
     *
     * @param share 99 at most
     */
    public void tries(String canary, int share) {
        update(
                "insert into deployment.releases values (?, (select count(*) from"
                        + " deployment.releases), ?, 'models/' || ?, 'ease:lambda=200', 'CANARY')"
                        + " on conflict do nothing",
                canary,
                "run-" + canary,
                canary);
        update("update deployment.serving_set set canary = ?, share = ?", canary, share);
    }

    /** Tries none. */
    public void triesNone() {
        run("update deployment.serving_set set canary = null, share = 0");
    }

    /** As before any release. */
    public void serveNoRelease() {
        run("truncate deployment.serving_set, deployment.releases, deployment.similar");
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = postgres.ownerDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    /** Of a gateway on this Postgres and this broker, on ports that are free. */
    public String[] settings() {
        Map<String, Object> settings =
                new HashMap<>(
                        Map.of(
                                "server.port",
                                0,
                                "management.server.port",
                                0,
                                "spring.r2dbc.url",
                                "r2dbc:postgresql://%s:%d/%s"
                                        .formatted(
                                                postgres.host(),
                                                postgres.port(),
                                                postgres.database()),
                                "spring.r2dbc.username",
                                postgres.reader().user(),
                                "spring.r2dbc.password",
                                postgres.reader().password(),
                                "spring.cloud.gcp.pubsub.emulator-host",
                                pubsub.endpoint(),
                                "farandole.api.events.publish-deadline",
                                "2s",
                                "farandole.api.popular-freshness",
                                "200ms",
                                "farandole.api.list-deadline",
                                "1s",
                                "logging.level.root",
                                "WARN"));
        settings.put("farandole.api.impressions.buffer", IMPRESSIONS_BUFFER);
        settings.put("farandole.api.outbox.url", settings.get("spring.r2dbc.url"));
        settings.put("farandole.api.outbox.username", postgres.gateway().user());
        settings.put("farandole.api.outbox.password", postgres.gateway().password());
        // Lower than two stages together, so that it is met.
        settings.put("farandole.api.deadline", "1900ms");
        settings.put("farandole.api.popular-deadline", "1s");
        settings.put("farandole.api.breakers.open-for", "500ms");
        settings.put("farandole.api.zones.file", ZoneOf.FILE);
        settings.put("farandole.api.offers.reload-every", "200ms");
        settings.put("farandole.api.offers.ahead", "1s");
        settings.put("farandole.api.live.heartbeat", "500ms");
        settings.put("farandole.api.live.at-most-every", STREAMS_AT_MOST_EVERY);
        settings.put("farandole.api.live.per-user", STREAMS_PER_USER);
        settings.put("farandole.api.credits.physical-cap-cents", 40_000);
        settings.put("farandole.api.access.keyless", "loopback");
        settings.put("farandole.api.access.key-freshness", "100ms");
        settings.put("farandole.api.access.origins", ORIGIN);
        settings.put("farandole.api.old-token", OLD_TOKEN);
        settings.put("farandole.api.oidc.issuer", issuer.uri());
        settings.put("farandole.api.oidc.audiences", Issuer.AUDIENCE);
        settings.put("farandole.api.scenarios.home.exclude.items", "gig");
        settings.put("farandole.api.scenarios.home.boost[0].of.items", "film");
        settings.put("farandole.api.scenarios.home.boost[0].by", 10);
        settings.put("farandole.api.scenarios.home.pin[0].item", "play");
        settings.put("farandole.api.scenarios.home.pin[0].position", 1);
        settings.put("farandole.api.scenarios.home.pin[1].item", "isbn-1");
        settings.put("farandole.api.scenarios.home.pin[1].position", 2);
        settings.put("farandole.api.scenarios.books.include.search-groups", "LIVRE");
        settings.put("farandole.api.scenarios.late.boost[0].of.items", "play");
        settings.put("farandole.api.scenarios.late.boost[0].by", 10);
        settings.put("farandole.api.scenarios.trial.explore.share", 0.5);
        settings.put("farandole.api.scenarios.trial.explore.new-for", "30d");
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    private void provision() {
        PubSubAdmin admin = gateway.getBean(PubSubAdmin.class);
        for (Topic<?> topic : TopicCatalogue.all()) {
            admin.createTopic(topic.name());
            admin.createSubscription(
                    Subscription.newBuilder()
                            .setName(
                                    "projects/farandole-local/subscriptions/"
                                            + topic.name()
                                            + ".test")
                            .setTopic("projects/farandole-local/topics/" + topic.name())
                            .setEnableMessageOrdering(true)
                            .setAckDeadlineSeconds(60));
        }
    }

    private static String resource(String name) {
        try (InputStream file = Platform.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
