package io.farandole.orchestrator;

import static io.farandole.events.TopicCatalogue.TICKS;
import static io.farandole.events.TopicCatalogue.TRAINING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.core.PubSubTemplate;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Decoded;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.RunId;
import io.farandole.events.TickEvent;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.Failed;
import io.farandole.events.TrainingEvent.Rejected;
import io.farandole.orchestrator.publishing.PublishingEvents;
import io.farandole.orchestrator.runs.Awaited;
import io.farandole.orchestrator.runs.ReadingRuns;
import io.farandole.orchestrator.runs.RunDetails;
import io.farandole.orchestrator.runs.RunState;
import io.farandole.orchestrator.runs.RunSummary;
import io.farandole.orchestrator.training.RequestingTraining;
import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.streams.running.Streams;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator as it is run, on a real Pub/Sub server and a durable Postgres. */
class OrchestratorIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static DurablePostgres postgres;
    private static EmbeddedPubSub pubSub;
    private static Collector collector;
    private static ConfigurableApplicationContext orchestrator;
    private static ReadingRuns runs;

    @BeforeAll
    static void start() throws Exception {
        postgres = DurablePostgres.temporary();
        pubSub = EmbeddedPubSub.start();
        collector = Collector.start();
        orchestrator =
                context(
                        Map.of(
                                "management.otlp.metrics.export.enabled", "true",
                                "management.otlp.metrics.export.url", collector.url(),
                                "management.otlp.metrics.export.step", "1s",
                                "farandole.orchestrator.runs.deadlines.training", "2s",
                                "farandole.orchestrator.schedules.training", "-",
                                "farandole.orchestrator.schedules.every-second", "* * * * * *"));
        runs = orchestrator.getBean(ReadingRuns.class);
    }

    @AfterAll
    static void stop() {
        orchestrator.close();
        collector.close();
        pubSub.close();
        postgres.close();
    }

    @Test
    void followsARunThatStallsAndGoesOn() {
        RunId run =
                orchestrator
                        .getBean(RequestingTraining.class)
                        .request("operator", List.of("ease:lambda=200"));

        await().atMost(LONG).until(() -> state(run).equals(Optional.of(RunState.RUNNING)));
        assertThat(summary(run).awaited()).extracting(Awaited::step).containsExactly("dataset");

        say(new DatasetReady(run, "datasets/d", "d", 10, 20, 300, 9, List.of("ease:lambda=200")));
        await().atMost(LONG).until(() -> state(run).equals(Optional.of(RunState.STALLED)));
        assertThat(summary(run).awaited())
                .singleElement()
                .satisfies(awaited -> assertThat(awaited.step()).isEqualTo("training"));

        say(new Rejected(run, "models/m", "ease:lambda=200", List.of("too bad")));
        await().atMost(LONG).until(() -> state(run).equals(Optional.of(RunState.REJECTED)));
        assertThat(summary(run).reasons()).containsExactly("too bad");
        RunDetails details = runs.one(run).orElseThrow();
        assertThat(details.timeline())
                .extracting(happening -> happening.kind())
                .containsExactly("requested", "datasetReady", "rejected");
        assertThat(runs.list()).extracting(RunSummary::run).contains(run);
        assertThat(runs.one(new RunId("nobody's"))).isEmpty();
    }

    /** A service without HTTP cannot be asked: it tells, where it is said to whom. */
    @Test
    void tellsItsNumbersToACollector() {
        say(new Failed(new RunId("counted"), "training", "for the count"));

        await().atMost(LONG)
                .untilAsserted(
                        () ->
                                assertThat(collector.told())
                                        .contains(
                                                "farandole.processor.events",
                                                "farandole.processor.duplicates",
                                                "farandole.subscriber.state",
                                                "messaging.process.duration",
                                                "generation"));
    }

    @Test
    void writesARunAsOneJsonDocument() {
        RunId run = new RunId("written");
        say(new Failed(run, "training", "it ran out of memory"));
        await().atMost(LONG).until(() -> runs.one(run).isPresent());

        JsonNode document = new JsonMapper().valueToTree(runs.one(run).orElseThrow());

        assertThat(document.path("run").asString()).isEqualTo("written");
        assertThat(document.path("state").asString()).isEqualTo("FAILED");
        assertThat(document.path("reasons").path(0).asString())
                .isEqualTo("training: it ran out of memory");
        assertThat(document.path("timeline").path(0).path("kind").asString()).isEqualTo("failed");
        assertThat(document.has("summary")).isFalse();
    }

    @Test
    void readsWithTheDeadlinesOfAnEnvironment() {
        RunId run = new RunId("read elsewhere");
        say(new TrainingEvent.Requested(run, "operator", List.of()));
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "test",
                                Map.of("farandole.orchestrator.runs.deadlines.dataset", "1ms")));
        ReadingRuns elsewhere =
                ReadingRuns.in(
                        environment,
                        JdbcClient.create(postgres.ownerDataSource()),
                        Clock.systemUTC());

        await().atMost(LONG)
                .until(
                        () ->
                                elsewhere
                                        .one(run)
                                        .map(found -> found.summary().state())
                                        .equals(Optional.of(RunState.STALLED)));
        assertThat(summary(run).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void tellsHowTheRunLedgerIs() {
        await().atMost(LONG)
                .until(() -> orchestrator.getBean(Streams.class).condition().isHealthy());
        assertThat(orchestrator.getBean(Streams.class).condition().subscriptions())
                .containsOnlyKeys("training.runs");
    }

    @Test
    void sendsTicksUnderIdsThatAnyoneWouldGiveThem() {
        PubSubTemplate template = orchestrator.getBean(PubSubTemplate.class);
        List<PubsubMessage> ticks = new ArrayList<>();
        await().atMost(LONG)
                .until(
                        () -> {
                            ticks.addAll(
                                    template.pullAndAck(TICKS.subscriptionOf("dataset"), 10, true));
                            return ticks.size() >= 2;
                        });

        for (PubsubMessage tick : ticks) {
            var decoded =
                    new EventCodec()
                            .decode(
                                    TICKS,
                                    tick.getAttributesMap(),
                                    tick.getData().toByteArray(),
                                    Instant.now());
            assertThat(decoded).isInstanceOf(Decoded.Understood.class);
            if (decoded instanceof Decoded.Understood<TickEvent>(var message, _)
                    && message.event() instanceof TickEvent.Due due) {
                assertThat(due.schedule()).isEqualTo("every-second");
                assertThat(message.envelope().id())
                        .isEqualTo(EventId.ticked("every-second", due.due()).toString());
                assertThat(message.envelope().time()).isEqualTo(due.due());
            }
        }
    }

    @Test
    void leavesTheTicksToCloudSchedulerWhereItIsTold() {
        try (ConfigurableApplicationContext elsewhere =
                context(Map.of("farandole.orchestrator.clock.embedded", "false"))) {
            assertThat(elsewhere.containsBean("embeddedClock")).isFalse();
            assertThat(orchestrator.containsBean("embeddedClock")).isTrue();
        }
    }

    private static void say(TrainingEvent event) {
        String _ =
                orchestrator
                        .getBean(PublishingEvents.class)
                        .publish(TRAINING, event, event.run().value())
                        .join();
    }

    private static RunSummary summary(RunId run) {
        return runs.one(run).orElseThrow().summary();
    }

    private static Optional<RunState> state(RunId run) {
        return runs.one(run).map(found -> found.summary().state());
    }

    private static ConfigurableApplicationContext context(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.owner().user());
        settings.put("spring.datasource.password", postgres.owner().password());
        settings.put("spring.cloud.gcp.project-id", "farandole-test");
        settings.put("spring.cloud.gcp.pubsub.emulator-host", pubSub.endpoint());
        return OrchestratorApplication.builder()
                .initializers(
                        context ->
                                context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(new MapPropertySource("test", settings)))
                .run();
    }
}
