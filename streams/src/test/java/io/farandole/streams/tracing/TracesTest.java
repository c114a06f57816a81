package io.farandole.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import org.jspecify.annotations.Nullable;
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
    void aBatchIsReceivedProcessedAndSettledEachALinkToEveryTraceOnce() {
        traces.processed(
                "activity",
                "activity.tally",
                4,
                List.of(ONE, OTHER, ONE, "none at all"),
                Duration.ofMillis(30),
                Duration.ofMillis(250),
                Duration.ofMillis(5));

        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans)
                .extracting(SpanData::getName, SpanData::getKind, TracesTest::type)
                .containsExactly(
                        tuple("receive activity", SpanKind.CLIENT, "receive"),
                        tuple("process activity", SpanKind.CONSUMER, "process"),
                        tuple("ack activity", SpanKind.CLIENT, "settle"));
        assertThat(spans)
                .allSatisfy(
                        span -> {
                            assertThat(span.getLinks())
                                    .extracting(link -> link.getSpanContext().getSpanId())
                                    .containsExactly("00f067aa0ba902b7", "b7ad6b7169203331");
                            assertThat(span.getAttributes().asMap())
                                    .containsEntry(
                                            AttributeKey.stringKey(
                                                    "messaging.destination.subscription.name"),
                                            "activity.tally")
                                    .containsEntry(
                                            AttributeKey.longKey("messaging.batch.message_count"),
                                            4L);
                        });
        assertThat(spans)
                .as("one after the other, until now")
                .extracting(span -> span.getEndEpochNanos() - span.getStartEpochNanos())
                .containsExactly(30_000_000L, 250_000_000L, 5_000_000L);
        assertThat(spans.get(0).getEndEpochNanos()).isEqualTo(spans.get(1).getStartEpochNanos());
        assertThat(spans.get(1).getEndEpochNanos()).isEqualTo(spans.get(2).getStartEpochNanos());
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

    private static @Nullable String type(SpanData span) {
        return span.getAttributes().get(AttributeKey.stringKey("messaging.operation.type"));
    }

    private SpanData single() {
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
        return exporter.getFinishedSpanItems().getFirst();
    }
}
