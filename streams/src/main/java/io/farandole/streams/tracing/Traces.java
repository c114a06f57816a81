package io.farandole.streams.tracing;

import io.farandole.events.EventAttributes;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells OpenTelemetry of each batch that was processed and of each portion that was sent: spans of
 * their own, by the names of the semantic conventions for messaging, linked to the spans that its
 * messages name in {@code traceparent}. Spans are made when all is over, from what is known then;
 * where nobody listens, none are.
 */
public final class Traces {

    /** Tells nobody. */
    public static final Traces NONE = new Traces(null, Clock.systemUTC());

    private static final String SCOPE = "io.farandole.streams";

    private static final AttributeKey<String> SYSTEM =
            AttributeKey.stringKey(MessagingNames.SYSTEM);
    private static final AttributeKey<String> NAME =
            AttributeKey.stringKey(MessagingNames.OPERATION_NAME);
    private static final AttributeKey<String> TYPE =
            AttributeKey.stringKey(MessagingNames.OPERATION_TYPE);
    private static final AttributeKey<String> DESTINATION =
            AttributeKey.stringKey(MessagingNames.DESTINATION);
    private static final AttributeKey<String> SUBSCRIPTION =
            AttributeKey.stringKey(MessagingNames.SUBSCRIPTION);
    private static final AttributeKey<Long> MESSAGES =
            AttributeKey.longKey("messaging.batch.message_count");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey(MessagingNames.ERROR);

    private static final TextMapGetter<String> PARENT =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(String carrier) {
                    return Set.of(EventAttributes.TRACE_PARENT);
                }

                @Override
                public @Nullable String get(@Nullable String carrier, String key) {
                    return key.equals(EventAttributes.TRACE_PARENT) ? carrier : null;
                }
            };

    private final @Nullable Tracer tracer;
    private final Clock clock;

    private Traces(@Nullable Tracer tracer, Clock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    /**
     * @param telemetry null for none
     */
    public static Traces of(@Nullable OpenTelemetry telemetry, Clock clock) {
        return telemetry == null || telemetry.equals(OpenTelemetry.noop())
                ? NONE
                : new Traces(telemetry.getTracer(SCOPE), clock);
    }

    /** Whether nobody listens: then nothing needs to be collected for it. */
    public boolean areOff() {
        return tracer == null;
    }

    /**
     * A batch was committed and acknowledged just now: receiving, processing and settling it are a
     * span each.
     *
     * @param parents what its messages say their {@code traceparent} is, as far as they say so
     */
    public void processed(
            String topic,
            String subscription,
            int messages,
            Collection<String> parents,
            Duration receiving,
            Duration processing,
            Duration settling) {
        if (tracer != null) {
            Instant settled = clock.instant();
            Instant committed = settled.minus(settling);
            Instant taken = committed.minus(processing);
            SpanBuilder receive = builder(tracer, "receive", topic, SpanKind.CLIENT, messages);
            SpanBuilder process = builder(tracer, "process", topic, SpanKind.CONSUMER, messages);
            SpanBuilder settle =
                    builder(tracer, "ack", topic, SpanKind.CLIENT, messages)
                            .setAttribute(TYPE, "settle");
            for (SpanBuilder span : List.of(receive, process, settle)) {
                span.setAttribute(SUBSCRIPTION, subscription);
                link(span, parents);
            }
            end(receive, receiving, taken, null);
            end(process, processing, committed, null);
            end(settle, settling, settled, null);
        }
    }

    /**
     * Messages of a topic were sent, and were acknowledged just now, or one failed.
     *
     * @param failure as the conventions name one by {@code error.type}; null for none
     */
    public void sent(
            String topic,
            int messages,
            Collection<String> parents,
            Duration took,
            @Nullable String failure) {
        if (tracer != null) {
            SpanBuilder span = builder(tracer, "send", topic, SpanKind.PRODUCER, messages);
            link(span, parents);
            end(span, took, clock.instant(), failure);
        }
    }

    private static SpanBuilder builder(
            Tracer tracer, String operation, String topic, SpanKind kind, int messages) {
        return tracer.spanBuilder(operation + " " + topic)
                .setNoParent()
                .setSpanKind(kind)
                .setAttribute(SYSTEM, MessagingNames.SYSTEM_NAME)
                .setAttribute(NAME, operation)
                .setAttribute(TYPE, operation)
                .setAttribute(DESTINATION, topic)
                .setAttribute(MESSAGES, (long) messages);
    }

    private static void link(SpanBuilder span, Collection<String> parents) {
        parents.stream()
                .distinct()
                .map(Traces::context)
                .filter(SpanContext::isValid)
                .forEach(span::addLink);
    }

    private static SpanContext context(String parent) {
        return Span.fromContext(
                        W3CTraceContextPropagator.getInstance()
                                .extract(Context.root(), parent, PARENT))
                .getSpanContext();
    }

    private static void end(
            SpanBuilder builder, Duration took, Instant end, @Nullable String failure) {
        Span span = builder.setStartTimestamp(end.minus(took)).startSpan();
        if (failure != null) {
            span.setAttribute(ERROR, failure);
            span.setStatus(StatusCode.ERROR);
        }
        span.end(end);
    }
}
