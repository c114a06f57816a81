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

    /** 1 while the subscription is received. */
    void subscription(SupervisedSubscription subscription) {
        keep(
                Gauge.builder(
                                "farandole.subscriber.state",
                                subscription,
                                s -> s.state() instanceof SubscriptionState.Running ? 1 : 0)
                        .description("1 while the subscription is received")
                        .tag("subscription", subscription.id()));
    }

    void lanes(String label, String topic, Lanes lanes) {
        keep(
                Gauge.builder("farandole.processor.queued", lanes, Lanes::size)
                        .description("Deliveries that wait for a worker")
                        .tags("processor", label, "topic", topic));
    }

    /** What a generation has put aside, and how far event time has come there. */
    void stored(String label, String topic) {
        keep(
                Gauge.builder(
                                "farandole.processor.deadletter.open",
                                stored,
                                s -> s.open(label, topic))
                        .description("Dead letters of the generation that are open")
                        .tags("processor", label, "topic", topic));
        keep(
                Gauge.builder(
                                "farandole.processor.parked.keys",
                                stored,
                                s -> s.parked(label, topic))
                        .description("Keys whose messages wait for an earlier one")
                        .tags("processor", label, "topic", topic));
        keep(
                Gauge.builder(
                                "farandole.processor.watermark.lag",
                                stored,
                                s -> s.watermarkLag(label))
                        .description("How far the greatest event time applied is behind the clock")
                        .baseUnit("seconds")
                        .tags("processor", label));
        keep(
                Gauge.builder("farandole.processor.inbox.age", stored, s -> s.inboxAge(label))
                        .description("For how far back ids are remembered")
                        .baseUnit("seconds")
                        .tags("processor", label));
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
