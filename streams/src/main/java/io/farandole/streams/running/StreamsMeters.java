package io.farandole.streams.running;

import io.farandole.events.EventAttributes;
import io.farandole.streams.batch.Receipt;
import io.farandole.streams.tracing.MessagingNames;
import io.farandole.streams.tracing.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What processors do, in numbers; tags name processors, generations and topics, never keys. What
 * OpenTelemetry's semantic conventions for messaging have a name for is told under that too.
 */
final class StreamsMeters {

    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final MeterRegistry meters;
    private final Clock clock;
    private final StoredBacklog stored;
    private final Traces traces;

    StreamsMeters(MeterRegistry meters, Clock clock, StoredBacklog stored, Traces traces) {
        this.meters = meters;
        this.clock = clock;
        this.stored = stored;
        this.traces = traces;
    }

    MeterRegistry registry() {
        return meters;
    }

    /** What is watched from now on, until that is closed. */
    Watching watching() {
        return new Watching(meters, stored);
    }

    WorkObserver of(Labels labels) {
        WorkObserver counting = new OfSource(labels);
        if (traces.areOff()) {
            return counting;
        }
        return (batch, receipt, took) -> {
            traces.processed(
                    labels.topic(),
                    labels.subscription(),
                    batch.size(),
                    parents(batch),
                    took.receiving(),
                    took.processing(),
                    took.settling());
            counting.applied(batch, receipt, took);
        };
    }

    private static List<String> parents(List<Held> batch) {
        List<String> parents = new ArrayList<>();
        for (Held held : batch) {
            String parent = held.delivery().attributes().get(EventAttributes.TRACE_PARENT);
            if (parent != null) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private final class OfSource implements WorkObserver {

        private final Tags tags;
        private final Counter applied;
        private final Counter duplicate;
        private final Counter late;
        private final Counter rejected;
        private final Counter deadLettered;
        private final Counter waiting;
        private final Counter duplicates;
        private final Counter lateEvents;
        private final Counter dropped;
        private final DistributionSummary batchSize;
        private final Timer transaction;
        private final Timer latency;
        private final Counter consumed;
        private final Timer process;
        private final Timer receive;
        private final Timer settle;

        OfSource(Labels labels) {
            this.tags = labels.tags();
            this.applied = events("applied");
            this.duplicate = events("duplicate");
            this.late = events("late");
            this.rejected = events("rejected");
            this.deadLettered = events("dead_lettered");
            this.waiting = events("waiting");
            this.duplicates = counter("duplicates", "Deliveries of what was settled before");
            this.lateEvents = counter("late", "Events whose windows were closed");
            this.dropped =
                    counter("dropped", "Events that change nothing for good: late, or rejected");
            this.batchSize =
                    DistributionSummary.builder("farandole.processor.batch.size")
                            .description("Deliveries that one transaction took")
                            .tags(tags)
                            .register(meters);
            this.transaction =
                    Timer.builder("farandole.processor.tx.duration")
                            .description("From taking a batch to its commit, pauses included")
                            .tags(tags)
                            .register(meters);
            this.latency =
                    Timer.builder("farandole.processor.e2e.latency")
                            .description("From an event's publication to its commit")
                            .publishPercentiles(MEDIAN, TAIL)
                            .tags(tags)
                            .register(meters);
            Tags processing = conventions("process", "process", labels);
            this.consumed =
                    Counter.builder(MessagingNames.CONSUMED)
                            .description("Messages that were delivered to be processed")
                            .tags(processing)
                            .register(meters);
            this.process =
                    Timer.builder(MessagingNames.PROCESSING)
                            .description("From taking a batch of messages to its commit")
                            .tags(processing)
                            .register(meters);
            this.receive = operation("receive", "receive", labels);
            this.settle = operation("ack", "settle", labels);
        }

        @Override
        public void applied(List<Held> batch, Receipt receipt, Took took) {
            applied.increment(receipt.applied());
            duplicate.increment(receipt.duplicate());
            late.increment(receipt.late());
            rejected.increment(receipt.rejected());
            deadLettered.increment(receipt.deadLettered());
            waiting.increment(receipt.waiting());
            duplicates.increment(receipt.duplicate());
            lateEvents.increment(receipt.late());
            dropped.increment(receipt.late() + receipt.rejected());
            batchSize.record(batch.size());
            transaction.record(took.processing());
            consumed.increment(batch.size());
            process.record(took.processing());
            receive.record(took.receiving());
            settle.record(took.settling());
            Instant now = clock.instant();
            for (Held held : batch) {
                latency.record(Duration.between(held.delivery().publishTime(), now));
            }
        }

        private Counter counter(String name, String description) {
            return Counter.builder("farandole.processor." + name)
                    .description(description)
                    .tags(tags)
                    .register(meters);
        }

        private Counter events(String outcome) {
            return Counter.builder("farandole.processor.events")
                    .description("Deliveries by what became of them")
                    .tags(tags)
                    .tag("outcome", outcome)
                    .register(meters);
        }
    }

    private Timer operation(String name, String type, Labels labels) {
        return MessagingNames.operation(conventions(name, type, labels), MessagingNames.NO_ERROR)
                .register(meters);
    }

    private static Tags conventions(String name, String type, Labels labels) {
        return MessagingNames.tags(name, type, labels.topic(), labels.subscription());
    }
}
