package io.farandole.gateway.calls;

import io.opentelemetry.api.trace.SpanContext;
import org.springframework.web.server.ServerWebExchange;

/**
 * The id of the trace that a call is part of, 32 hexadecimal digits: as {@code traceparent} names
 * it, or a new one. It is in problems and in our log, so that they can be found beside what others
 * tell of the same trace.
 */
public final class TraceId {

    private static final String ATTRIBUTE = TraceId.class.getName();

    private TraceId() {}

    /** The same for as long as the call lasts. */
    public static String of(ServerWebExchange exchange) {
        return (String)
                exchange.getAttributes()
                        .computeIfAbsent(ATTRIBUTE, _ -> CallId.of(exchange).replace("-", ""));
    }

    static void set(ServerWebExchange exchange, SpanContext context) {
        if (context.isValid()) {
            exchange.getAttributes().put(ATTRIBUTE, context.getTraceId());
        }
    }
}
