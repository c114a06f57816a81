package io.farandole.gateway.calls;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells OpenTelemetry of each call until its answer begins, by the names of the semantic
 * conventions for HTTP, as part of the trace that {@code traceparent} names. The route is told, not
 * the address, which names a user. Where nobody listens, nothing is made.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@Component
class TracingCalls implements WebFilter {

    private static final String SCOPE = "io.farandole.gateway";
    private static final AttributeKey<String> METHOD =
            AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    private static final int SERVER_ERROR = 500;

    private static final TextMapGetter<HttpHeaders> PARENT =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(HttpHeaders headers) {
                    return headers.headerNames();
                }

                @Override
                public @Nullable String get(@Nullable HttpHeaders headers, String key) {
                    return headers == null ? null : headers.getFirst(key);
                }
            };

    /** Found before the first call: it is looked for in files. */
    private static final Context NO_PARENT = Context.root();

    private final Tracer tracer;

    @Autowired
    TracingCalls(ObjectProvider<OpenTelemetry> telemetry) {
        this(telemetry.getIfAvailable(GlobalOpenTelemetry::getOrNoop));
    }

    TracingCalls(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer(SCOPE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String method = exchange.getRequest().getMethod().name();
        Span span =
                tracer.spanBuilder(method)
                        .setParent(
                                W3CTraceContextPropagator.getInstance()
                                        .extract(
                                                NO_PARENT,
                                                exchange.getRequest().getHeaders(),
                                                PARENT))
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute(METHOD, method)
                        .startSpan();
        TraceId.set(exchange, span.getSpanContext());
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> end(span, method, exchange)));
        return chain.filter(exchange).doOnCancel(span::end);
    }

    private static void end(Span span, String method, ServerWebExchange exchange) {
        Object route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null) {
            span.updateName(method + " " + route).setAttribute(ROUTE, route.toString());
        }
        var status = exchange.getResponse().getStatusCode();
        int code = status == null ? 200 : status.value();
        span.setAttribute(STATUS, (long) code);
        if (code >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
