package io.farandole.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerMapping;

/** What OpenTelemetry is told of a call, and what a call is told of its trace. */
class TracingCallsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String ROUTE = "/v1/users/{id}/recommendations";

    private final InMemorySpanExporter told = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry =
            OpenTelemetrySdk.builder()
                    .setTracerProvider(
                            SdkTracerProvider.builder()
                                    .addSpanProcessor(SimpleSpanProcessor.create(told))
                                    .build())
                    .build();

    @Test
    void aCallIsPartOfTheTraceThatItNames() {
        assertThat(call(telemetry, PARENT, HttpStatus.OK)).isEqualTo(TRACE);
        SpanData span = told.getFinishedSpanItems().getFirst();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(span.getName()).isEqualTo("GET " + ROUTE);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("http.route"))).isEqualTo(ROUTE);
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
        assertThat(span.toString()).doesNotContain("4711");
    }

    @Test
    void withoutOneItHasATraceOfItsOwn() {
        String trace = call(telemetry, null, HttpStatus.SERVICE_UNAVAILABLE);
        SpanData span = told.getFinishedSpanItems().getFirst();
        assertThat(trace).matches("[0-9a-f]{32}").isEqualTo(span.getTraceId());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void whereNobodyListensItIsKnownAllTheSame() {
        assertThat(call(OpenTelemetry.noop(), PARENT, HttpStatus.OK)).isEqualTo(TRACE);
        assertThat(call(OpenTelemetry.noop(), null, HttpStatus.OK)).matches("[0-9a-f]{32}");
        assertThat(call(OpenTelemetry.noop(), "00-nonsense-01", HttpStatus.OK))
                .matches("[0-9a-f]{32}");
    }

    private static String call(
            OpenTelemetry telemetry, @Nullable String parent, HttpStatus status) {
        var request = MockServerHttpRequest.get("/v1/users/4711/recommendations");
        if (parent != null) {
            request.header("traceparent", parent);
        }
        MockServerWebExchange exchange = MockServerWebExchange.from(request);
        new TracingCalls(telemetry)
                .filter(
                        exchange,
                        handled -> {
                            handled.getAttributes()
                                    .put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, ROUTE);
                            handled.getResponse().setStatusCode(status);
                            return handled.getResponse().setComplete();
                        })
                .block();
        return TraceId.of(exchange);
    }
}
