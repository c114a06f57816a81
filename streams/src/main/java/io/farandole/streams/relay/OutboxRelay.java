package io.farandole.streams.relay;

import com.google.cloud.spring.pubsub.support.PublisherFactory;
import io.farandole.streams.batch.OutboxShards;
import io.farandole.streams.endurance.LastingThread;
import io.farandole.streams.endurance.Reasons;
import io.farandole.streams.tracing.MessagingNames;
import io.farandole.streams.tracing.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outbox: every event at least once, those of a key in the order in which they were
 * said. Several relays may run; each shard is published by one of them.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration REVIVING = Duration.ofSeconds(1);
    private static final Duration COUNTING = Duration.ofSeconds(2);
    private static final Duration PRUNING = Duration.ofSeconds(30);
    private static final int PRUNED_AT_ONCE = 5_000;
    private static final int COUNTED_AT_MOST = 100_000;

    private final RelaySettings settings;
    private final MeterRegistry meters;
    private final Traces traces;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Map<String, Counter> sentTo = new ConcurrentHashMap<>();
    private final Outbox outbox;
    private final Publishers publishers;
    private final List<RelayLoop> loops = new ArrayList<>();
    private final List<LastingThread> threads = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("outbox housekeeping").factory());

    private volatile Outbox.Backlog backlog = new Outbox.Backlog(0, 0);

    public OutboxRelay(
            DataSource database,
            PublisherFactory factory,
            RelaySettings settings,
            MeterRegistry meters,
            Traces traces) {
        String owner = "relay " + UUID.randomUUID();
        this.settings = settings;
        this.outbox = new Outbox(database, owner);
        this.publishers = new Publishers(factory);
        RelayLeases leases = new RelayLeases(database, owner, settings.lease());
        int parts = Math.min(settings.threads(), OutboxShards.COUNT);
        for (int part = 0; part < parts; part++) {
            int mine = part;
            List<Integer> itsShards =
                    IntStream.range(0, OutboxShards.COUNT)
                            .filter(shard -> shard % parts == mine)
                            .boxed()
                            .toList();
            loops.add(
                    new RelayLoop(
                            "Relay " + part,
                            itsShards,
                            settings,
                            leases,
                            outbox,
                            publishers,
                            this::sent));
        }
        this.meters = meters;
        this.traces = traces;
    }

    public void start() {
        watch();
        for (RelayLoop loop : loops) {
            threads.add(new LastingThread("outbox relay " + threads.size(), loop));
        }
        threads.forEach(LastingThread::start);
        every(REVIVING, () -> threads.forEach(LastingThread::revive));
        every(COUNTING, this::count);
        every(PRUNING, this::prune);
    }

    /** Something was committed to the outbox by this process: it is published at once. */
    public void wake() {
        loops.forEach(RelayLoop::wake);
    }

    /** Why publishing pauses, if it does. */
    public Optional<String> trouble() {
        return Stream.concat(
                        loops.stream().map(RelayLoop::trouble),
                        threads.stream().map(LastingThread::trouble))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** How many keys and topics are left out for now, because publishing them failed. */
    public int stopped() {
        return loops.stream().mapToInt(RelayLoop::stopped).sum();
    }

    /** How many events wait to be published, counted every other second, to 100,000. */
    public long pending() {
        return backlog.rows();
    }

    /** Publishes what there is as far as that works now, and lets others have the shards. */
    @Override
    public void close() {
        housekeeping.shutdownNow();
        gauges.forEach(meters::remove);
        loops.forEach(RelayLoop::close);
        long deadline = System.nanoTime() + settings.publishTimeout().toNanos();
        for (LastingThread thread : threads) {
            if (!thread.ends(deadline)) {
                log.warn("{} did not end in time; what is left is published later", thread.name());
                thread.interrupt();
            }
        }
        publishers.close();
    }

    private void sent(Sent sent) {
        Throwable failure = sent.failure();
        String error = failure == null ? null : failure.getClass().getName();
        if (sent.messages() > 0) {
            sentTo.computeIfAbsent(sent.topic(), this::counter).increment(sent.messages());
        }
        operation(sent.topic(), error).record(sent.took());
        traces.sent(sent.topic(), sent.messages(), sent.parents(), sent.took(), error);
    }

    private Counter counter(String topic) {
        return Counter.builder(MessagingNames.SENT)
                .description("Messages that the broker has acknowledged")
                .tags(conventions(topic))
                .register(meters);
    }

    private Timer operation(String topic, @Nullable String error) {
        Tags tags = conventions(topic);
        return MessagingNames.operation(tags, error == null ? MessagingNames.NO_ERROR : error)
                .register(meters);
    }

    private static Tags conventions(String topic) {
        return MessagingNames.tags("send", "send", topic, MessagingNames.NO_SUBSCRIPTION);
    }

    private void watch() {
        gauges.add(
                Gauge.builder("farandole.outbox.pending", () -> backlog.rows())
                        .description(
                                "Events that were said and are not published, counted to 100000")
                        .register(meters));
        gauges.add(
                Gauge.builder("farandole.outbox.oldest.age", () -> backlog.oldestSeconds())
                        .description("For how long the oldest of them has waited")
                        .baseUnit("seconds")
                        .register(meters));
        gauges.add(
                Gauge.builder("farandole.outbox.stopped", this, OutboxRelay::stopped)
                        .description("Keys and topics left out for now: publishing them failed")
                        .register(meters));
    }

    private void every(Duration pause, Housework work) {
        AtomicBoolean fails = new AtomicBoolean();
        Future<?> _ =
                housekeeping.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                                if (fails.compareAndSet(true, false)) {
                                    log.info("The outbox is looked after again");
                                }
                            } catch (Throwable e) {
                                // Whatever escaped would end the housekeeping for ever.
                                if (fails.compareAndSet(false, true)) {
                                    log.warn(
                                            "The outbox is not looked after, so that what was"
                                                    + " published is kept for longer than is set: {}",
                                            Reasons.of(e));
                                }
                            }
                        },
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void count() throws SQLException {
        backlog = outbox.backlog(COUNTED_AT_MOST);
    }

    private void prune() throws SQLException {
        int gone = outbox.prune(settings.retention(), PRUNED_AT_ONCE);
        if (gone > 0) {
            log.debug("{} rows of the outbox were past their retention", gone);
        }
    }

    @FunctionalInterface
    private interface Housework {
        void run() throws SQLException;
    }
}
