package io.farandole.streams.running;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** The gauges of one generation, or of one landing: they end when it is fed no more. */
final class Watching implements AutoCloseable {

    private final MeterRegistry meters;
    private final StoredBacklog stored;
    private final List<Gauge> gauges = new ArrayList<>();

    Watching(MeterRegistry meters, StoredBacklog stored) {
        this.meters = meters;
        this.stored = stored;
    }

    /** Whether a source is received, and what waits there for a worker. */
    void source(Labels labels, SourceRunner source) {
        keep(
                Gauge.builder(
                                "farandole.subscriber.state",
                                source.subscription(),
                                s -> s.state() instanceof SubscriptionState.Running ? 1 : 0)
                        .description("1 while the subscription is received")
                        .tags(labels.tags())
                        .tag("subscription", labels.subscription()));
        keep(
                Gauge.builder("farandole.processor.queued", source.lanes(), Lanes::size)
                        .description("Deliveries that wait for a worker")
                        .tags(labels.tags()));
    }

    /** What a generation has put aside, and how far event time has come there. */
    void stored(Labels labels) {
        String label = labels.label();
        String topic = labels.topic();
        keep(
                Gauge.builder(
                                "farandole.processor.deadletter.open",
                                stored,
                                s -> s.open(label, topic))
                        .description("Dead letters of the generation that are open")
                        .tags(labels.tags()));
        keep(
                Gauge.builder(
                                "farandole.processor.parked.keys",
                                stored,
                                s -> s.parked(label, topic))
                        .description("Keys whose messages wait for an earlier one")
                        .tags(labels.tags()));
        keep(
                Gauge.builder(
                                "farandole.processor.watermark.lag",
                                stored,
                                s -> s.watermarkLag(label))
                        .description("How far the greatest event time applied is behind the clock")
                        .baseUnit("seconds")
                        .tags(labels.ofGeneration()));
        keep(
                Gauge.builder("farandole.processor.inbox.age", stored, s -> s.inboxAge(label))
                        .description("For how far back ids are remembered")
                        .baseUnit("seconds")
                        .tags(labels.ofGeneration()));
    }

    /** Counters and timers stay. */
    @Override
    public void close() {
        gauges.forEach(meters::remove);
        gauges.clear();
    }

    private <T> void keep(Gauge.Builder<T> gauge) {
        gauges.add(gauge.register(meters));
    }
}
