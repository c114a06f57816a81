package io.farandole.streams.running;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.batching.FlowControlSettings;
import com.google.cloud.spring.pubsub.core.publisher.PublisherCustomizer;
import com.google.cloud.spring.pubsub.support.CachingPublisherFactory;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class StreamsConfigurationIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views = new Views(installation.wiring(), 7);

    private static final AttributeKey<Long> MESSAGES =
            AttributeKey.longKey("messaging.batch.message_count");

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void runsTheProcessorBeansOfAContextAndTellsTheirHealthAndNumbers() throws Exception {
        try (AnnotationConfigApplicationContext context = context(Map.of())) {
            views.publish(500);
            await().atMost(LONG).until(() -> books.settled() == 500);

            HealthIndicator health = context.getBean(HealthIndicator.class);
            await().atMost(LONG)
                    .until(
                            () -> {
                                var now = health.health();
                                return now != null && now.getStatus().getCode().equals("UP");
                            });
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> {
                                assertThat(count(meters, "applied")).isEqualTo(500);
                                assertThat(
                                                meters.get("farandole.subscriber.state")
                                                        .tag("subscription", "activity.tally")
                                                        .gauge()
                                                        .value())
                                        .isEqualTo(1);
                                assertThat(
                                                meters.get("farandole.processor.e2e.latency")
                                                        .timer()
                                                        .count())
                                        .isEqualTo(views.published());
                                assertThat(meters.get("farandole.outbox.pending").gauge().value())
                                        .isZero();
                            });
            isToldByTheNamesOfOpenTelemetryToo(meters);
            ConventionalMeters.areAllIn(meters);
            isTold(context.getBean(InMemorySpanExporter.class).getFinishedSpanItems());
            assertThat(meters.get("farandole.processor.inbox.age").gauge().value())
                    .as("seconds of 33 days and a part of today")
                    .isBetween(33 * 86_400.0, 34 * 86_400.0);
            assertThat(meters.get("farandole.processor.deadletter.open").gauge().value()).isZero();
            assertThat(meters.get("farandole.processor.parked.keys").gauge().value()).isZero();
            assertThat(meters.get("farandole.processor.watermark.lag").gauge().value())
                    .isPositive();
        }
        books.areExactly(views);
        books.everythingSaidIsPublished();
    }

    @Test
    void givesSpringCloudGcpItsSettings() {
        try (AnnotationConfigApplicationContext context =
                context(Map.of("farandole.streams.batch", "100"))) {
            assertThat(
                            context.getBean(
                                            "subscriberFlowControlSettings",
                                            FlowControlSettings.class)
                                    .getMaxOutstandingElementCount())
                    .isEqualTo(1_600);
            assertThat(context.getBeanProvider(PublisherCustomizer.class).stream()).hasSize(1);
        }
    }

    @Test
    void runsNoneButTheNamedProcessorsAndRefusesUnknownNames() {
        assertThatThrownBy(() -> context(Map.of("farandole.streams.processors", "tally,talley")))
                .rootCause()
                .hasMessage("farandole.streams.processors names talley; there are tally");
    }

    @Test
    void leavesTheOutboxToThoseWhoSaySomething() {
        installation.wiring().createSubscription("activity", "silent");
        Processor silent =
                Processor.named("silent")
                        .reads(Source.of(ACTIVITY, (_, _) -> {}, (_, _) -> Outcome.APPLIED))
                        .build();
        try (AnnotationConfigApplicationContext context = context(Map.of(), silent)) {
            assertThat(context.getBean(Streams.class).condition().troubles()).isEmpty();
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.find("farandole.processor.queued").gauge()).isNotNull();
            assertThat(meters.find("farandole.outbox.pending").gauge()).isNull();
        }
    }

    private AnnotationConfigApplicationContext context(Map<String, Object> settings) {
        return context(settings, Tally.processor());
    }

    private AnnotationConfigApplicationContext context(
            Map<String, Object> settings, Processor processor) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", settings));
        context.registerBean(Processor.class, () -> processor);
        context.registerBean(DataSource.class, installation.wiring()::database);
        context.registerBean(SubscriberFactory.class, installation.wiring()::subscribers);
        context.registerBean(
                PublisherFactory.class,
                () -> new CachingPublisherFactory(installation.wiring().publishers()));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        context.registerBean(InMemorySpanExporter.class, () -> exporter);
        context.registerBean(
                OpenTelemetry.class,
                () ->
                        OpenTelemetrySdk.builder()
                                .setTracerProvider(
                                        SdkTracerProvider.builder()
                                                .addSpanProcessor(
                                                        SimpleSpanProcessor.create(exporter))
                                                .build())
                                .build());
        context.register(StreamsConfiguration.class);
        context.refresh();
        return context;
    }

    private void isToldByTheNamesOfOpenTelemetryToo(MeterRegistry meters) {
        assertThat(
                        meters.get("messaging.client.consumed.messages")
                                .tag("messaging.system", "gcp_pubsub")
                                .tag("messaging.operation.type", "process")
                                .tag("messaging.destination.name", "activity")
                                .tag("messaging.destination.subscription.name", "activity.tally")
                                .counter()
                                .count())
                .isEqualTo((double) views.published());
        assertThat(meters.get("messaging.process.duration").timer().count()).isPositive();
        assertThat(
                        meters.get("messaging.client.operation.duration")
                                .tag("messaging.operation.name", "send")
                                .tag("messaging.destination.name", "recommendations")
                                .tag("error.type", "")
                                .timer()
                                .count())
                .isPositive();
        assertThat(
                        meters.get("messaging.client.sent.messages")
                                .tag("messaging.destination.name", "recommendations")
                                .counter()
                                .count())
                .isGreaterThanOrEqualTo(500);
    }

    /** Each batch has a span, and each portion of the outbox; all link to those of the events. */
    private void isTold(List<SpanData> spans) {
        List<SpanData> processed = named(spans, "process activity", SpanKind.CONSUMER);
        assertThat(messages(named(spans, "receive activity", SpanKind.CLIENT)))
                .isEqualTo(views.published());
        assertThat(messages(named(spans, "ack activity", SpanKind.CLIENT)))
                .isEqualTo(views.published());
        List<SpanData> sent = named(spans, "send recommendations", SpanKind.PRODUCER);
        assertThat(messages(processed)).isEqualTo(views.published());
        assertThat(messages(sent)).isGreaterThanOrEqualTo(500);
        assertThat(spans)
                .allSatisfy(
                        span -> {
                            assertThat(span.getParentSpanContext().isValid()).isFalse();
                            assertThat(span.getLinks())
                                    .extracting(link -> link.getSpanContext().getTraceId())
                                    .containsExactly(Views.TRACE);
                            assertThat(span.getEndEpochNanos())
                                    .isGreaterThan(span.getStartEpochNanos());
                            assertThat(
                                            span.getAttributes()
                                                    .get(
                                                            AttributeKey.stringKey(
                                                                    "messaging.system")))
                                    .isEqualTo("gcp_pubsub");
                        });
    }

    private static long messages(List<SpanData> spans) {
        return spans.stream().mapToLong(span -> span.getAttributes().get(MESSAGES)).sum();
    }

    private static List<SpanData> named(List<SpanData> spans, String name, SpanKind kind) {
        List<SpanData> found =
                spans.stream()
                        .filter(span -> span.getName().equals(name) && span.getKind() == kind)
                        .toList();
        assertThat(found).as(name).isNotEmpty();
        return found;
    }

    private static double count(MeterRegistry meters, String outcome) {
        return meters.get("farandole.processor.events").tag("outcome", outcome).counter().count();
    }
}
