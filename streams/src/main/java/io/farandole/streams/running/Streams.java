package io.farandole.streams.running;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.Landing;
import io.farandole.streams.Processor;
import io.farandole.streams.batch.ForgettingSettled;
import io.farandole.streams.batch.ForgettingSources;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.PreparingProcessors;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.relay.OutboxRelay;
import io.farandole.streams.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The processors of this process, running: made ready in the database, fed by their subscriptions,
 * their outbox relayed.
 */
public final class Streams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Streams.class);
    private static final Duration BETWEEN_NUMBER_KEEPING = Duration.ofSeconds(10);
    private static final int MOST_NUMBERS =
            Short.MAX_VALUE / InstanceNumber.COUNT * InstanceNumber.COUNT;
    private static final int BACKFILL_WORKER = 0;
    private static final Duration BETWEEN_HOUSEKEEPING = Duration.ofHours(1);

    private final List<Processor> processors;
    private final List<Landing> landings;
    private final DataSource database;
    private final SubscriberFactory subscribers;
    private final PublisherFactory publishers;
    private final Clock clock;
    private final MeterRegistry meters;
    private final StreamsSettings settings;
    private final ReplayMeans means;
    private final Traces traces;

    private volatile @Nullable Running running;

    /**
     * @param processors all that there are; the settings say which of them run here
     * @param landings all that there are, chosen likewise
     * @throws IllegalArgumentException if the settings name a processor that is not among them
     */
    public Streams(
            List<Processor> processors,
            List<Landing> landings,
            DataSource database,
            SubscriberFactory subscribers,
            PublisherFactory publishers,
            Clock clock,
            MeterRegistry meters,
            StreamsSettings settings) {
        this(
                processors,
                landings,
                database,
                subscribers,
                publishers,
                clock,
                meters,
                settings,
                ReplayMeans.NONE,
                Traces.NONE);
    }

    /**
     * @param processors all that there are; the settings say which of them run here
     * @param landings all that there are, chosen likewise
     * @param means what replays need
     * @param traces are told of batches and of what is sent
     * @throws IllegalArgumentException if the settings name a processor that is not among them
     */
    public Streams(
            List<Processor> processors,
            List<Landing> landings,
            DataSource database,
            SubscriberFactory subscribers,
            PublisherFactory publishers,
            Clock clock,
            MeterRegistry meters,
            StreamsSettings settings,
            ReplayMeans means,
            Traces traces) {
        requireKnown(settings.processors(), processors, landings);
        this.means = means;
        this.traces = traces;
        this.processors =
                processors.stream().filter(one -> isChosen(one.name(), settings)).toList();
        this.landings = landings.stream().filter(one -> isChosen(one.name(), settings)).toList();
        this.database = database;
        this.subscribers = subscribers;
        this.publishers = publishers;
        this.clock = clock;
        this.meters = meters;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = new Running();
            log.info("Processors running: {}", names());
        }
    }

    /**
     * Stops pulling, lets batches under way end, gives back what waits, sends the last
     * acknowledgements, publishes the outbox.
     */
    @Override
    public synchronized void stop() {
        Running now = running;
        if (now != null) {
            now.stop();
            running = null;
            log.info("Processors stopped: {}", names());
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** What works and what does not, now. */
    public StreamsCondition condition() {
        Map<String, SubscriptionState> subscriptions = new TreeMap<>();
        Map<String, String> troubles = new TreeMap<>();
        Running now = running;
        if (now == null) {
            troubles.put("Streams", "not running");
        } else {
            now.report(subscriptions, troubles);
        }
        return new StreamsCondition(subscriptions, troubles);
    }

    private static boolean isChosen(String name, StreamsSettings settings) {
        return settings.processors().isEmpty() || settings.processors().contains(name);
    }

    private static void requireKnown(
            List<String> wanted, List<Processor> processors, List<Landing> landings) {
        Set<String> unknown = new HashSet<>(wanted);
        List<String> known = names(processors, landings);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "farandole.streams.processors names "
                            + String.join(", ", unknown)
                            + "; there are "
                            + String.join(", ", known));
        }
    }

    private static List<String> names(List<Processor> processors, List<Landing> landings) {
        return Stream.concat(
                        processors.stream().map(Processor::name),
                        landings.stream().map(Landing::name))
                .toList();
    }

    private String names() {
        return String.join(", ", names(processors, landings));
    }

    /** From one start to the next stop. */
    private final class Running {

        private final ScheduledExecutorService timer =
                Executors.newScheduledThreadPool(
                        3, Thread.ofPlatform().daemon().name("streams timer ", 0).factory());
        private final OutboxRelay relay;
        private final RunningGenerations generations;
        private final ReplayDesk desk;
        private final List<LandingRunner> landers;
        private final InstanceNumber instance = new InstanceNumber(database);
        private final StreamsMeters counting =
                new StreamsMeters(meters, clock, new StoredBacklog(database, clock), traces);

        Running() {
            ConnectionsNeeded.tell(database, processors, settings);
            StreamsSchema.migrate(database);
            PreparingProcessors preparing =
                    new PreparingProcessors(
                            database, clock, settings.horizon(), settings.foldDeadline());
            relay = new OutboxRelay(database, publishers, settings.relay(), meters, traces);
            SubscriptionAdminClient admin = means.subscriptions();
            OwnSubscriptions own =
                    admin == null ? null : new OwnSubscriptions(admin, subscribers.getProjectId());
            generations =
                    new RunningGenerations(
                            processors,
                            preparing,
                            database,
                            prepared -> {
                                held(own, prepared);
                                return new ProcessorRunner(
                                        prepared,
                                        settings,
                                        subscribers,
                                        counting,
                                        relay::wake,
                                        this::numberOf,
                                        timer,
                                        clock);
                            },
                            means.archive(),
                            own,
                            () -> numberOf(BACKFILL_WORKER),
                            settings,
                            clock);
            generations.prepareActive();
            // Before anything runs: a refusal leaves nothing behind.
            generations.forEachPrepared(prepared -> held(own, prepared));
            desk =
                    new ReplayDesk(
                            processors,
                            preparing,
                            database,
                            generations,
                            means.archive(),
                            own,
                            clock);
            landers =
                    landings.stream()
                            .map(
                                    landing ->
                                            new LandingRunner(
                                                    landing,
                                                    database,
                                                    settings,
                                                    subscribers,
                                                    counting,
                                                    timer,
                                                    clock))
                            .toList();
            instance.keep();
            // Who says nothing would only keep the outbox's leases from those who wake their relay.
            if (processors.stream().anyMatch(processor -> !processor.sinks().isEmpty())) {
                relay.start();
            }
            landers.forEach(LandingRunner::start);
            generations.start();
            desk.start();
            long pause = BETWEEN_HOUSEKEEPING.toMillis();
            Future<?> _ =
                    timer.scheduleWithFixedDelay(
                            () -> keepHouse(preparing), pause, pause, TimeUnit.MILLISECONDS);
            Future<?> _ =
                    timer.scheduleWithFixedDelay(
                            this::keepLandings, 0, pause, TimeUnit.MILLISECONDS);
            Future<?> _ =
                    timer.scheduleWithFixedDelay(
                            instance::keep,
                            BETWEEN_NUMBER_KEEPING.toMillis(),
                            BETWEEN_NUMBER_KEEPING.toMillis(),
                            TimeUnit.MILLISECONDS);
            Future<?> _ = timer.scheduleWithFixedDelay(this::revive, 1, 1, TimeUnit.SECONDS);
        }

        private void held(@Nullable OwnSubscriptions own, PreparedProcessor prepared) {
            if (own != null) {
                new BrokerRetention(own, settings).check(prepared);
            }
        }

        /** All numbers are few enough for the column, whatever the settings are. */
        private int numberOf(int worker) {
            return (worker * InstanceNumber.COUNT + instance.current()) % MOST_NUMBERS;
        }

        void stop() {
            desk.close();
            generations.stopTaking();
            landers.forEach(LandingRunner::stopTaking);
            long deadline = System.nanoTime() + settings.drain().toNanos();
            generations.finish(deadline);
            landers.forEach(lander -> lander.finish(deadline));
            // One wait for all: with a broker that is away each would wait it out in turn.
            long acks = System.nanoTime() + SourceRunner.LAST_ACKS.toNanos();
            generations.awaitAcks(acks);
            landers.forEach(lander -> lander.awaitAcks(acks));
            timer.shutdownNow();
            relay.close();
            instance.close();
        }

        void report(Map<String, SubscriptionState> subscriptions, Map<String, String> troubles) {
            generations.report(subscriptions, troubles);
            landers.forEach(lander -> lander.report(subscriptions, troubles));
            relay.trouble().ifPresent(trouble -> troubles.put("Outbox relay", trouble));
            if (relay.stopped() > 0) {
                troubles.put("Outbox", relay.stopped() + " keys or topics cannot be published now");
            }
        }

        private void revive() {
            try {
                generations.revive();
                landers.forEach(LandingRunner::revive);
            } catch (Throwable fault) {
                // Such as no memory for a thread; whatever escaped would end the looking.
                log.error("Threads that ended could not be started again now", fault);
            }
        }

        private void keepLandings() {
            for (LandingRunner lander : landers) {
                try {
                    lander.keepHouse();
                } catch (IOException trouble) {
                    log.warn(
                            "What is past its retention is kept a while: {}", trouble.getMessage());
                } catch (Throwable fault) {
                    log.error("The house of a landing was not kept", fault);
                }
            }
        }

        private void keepHouse(PreparingProcessors preparing) {
            try {
                preparing.keepInboxes();
                int gone = new ForgettingSettled(database, settings.settledRetention()).forget();
                log.debug("{} rows that were settled are past their retention", gone);
                if (settings.sourceHorizonDays() > 0) {
                    int forgotten =
                            new ForgettingSources(database)
                                    .forgetPublishedBefore(
                                            clock.instant()
                                                    .minus(
                                                            Duration.ofDays(
                                                                    settings.sourceHorizonDays())));
                    log.debug("{} ids of source events are past the horizon", forgotten);
                }
            } catch (InfrastructureTrouble trouble) {
                log.warn("The house is kept later: {}", trouble.getMessage());
            } catch (Throwable fault) {
                // Whatever escaped would end the keeping for ever.
                log.error("The house was not kept", fault);
            }
        }
    }
}
