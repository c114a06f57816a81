package io.farandole.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String ONE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Traces traces =
            Traces.of(
                    OpenTelemetrySdk.builder()
                            .setTracerProvider(
                                    SdkTracerProvider.builder()
                                            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                            .build())
                            .build(),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aBatchIsOneSpanLinkedToEachTraceOnce() {
        traces.processed(
                "activity",
                "activity.tally",
                4,
                List.of(ONE, OTHER, ONE, "none at all"),
                Duration.ofMillis(250));

        SpanData span = single();
        assertThat(span.getName()).isEqualTo("process activity");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly("00f067aa0ba902b7", "b7ad6b7169203331");
        assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(250_000_000);
        assertThat(span.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("messaging.operation.type"), "process")
                .containsEntry(
                        AttributeKey.stringKey("messaging.destination.subscription.name"),
                        "activity.tally")
                .containsEntry(AttributeKey.longKey("messaging.batch.message_count"), 4L);
    }

    @Test
    void whatCouldNotBeSentIsAnError() {
        traces.sent("lists", 2, List.of(ONE), Duration.ofMillis(5), "Unavailable");

        SpanData span = single();
        assertThat(span.getName()).isEqualTo("send lists");
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("Unavailable");
    }

    @Test
    void isOffWhereNobodyListens() {
        assertThat(traces.areOff()).isFalse();
        assertThat(Traces.of(null, Clock.systemUTC()).areOff()).isTrue();
        assertThat(Traces.of(OpenTelemetry.noop(), Clock.systemUTC()).areOff()).isTrue();
    }

    private SpanData single() {
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        return exporter.getFinishedSpanItems().getFirst();
    }
}
