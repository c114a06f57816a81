package io.farandole.streams.running;

import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.batch.DroppingGenerations;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.InfrastructureTrouble;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.PreparingProcessors;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.batch.ReplayingKey;
import io.farandole.streams.endurance.LastingThread;
import io.farandole.streams.endurance.Reasons;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequests;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this process takes up what operators ask of its processors, one request at a time. */
final class ReplayDesk {

    private static final Logger log = LoggerFactory.getLogger(ReplayDesk.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Map<String, Processor> processors;
    private final PreparingProcessors preparing;
    private final RunningGenerations generations;
    private final RegisteredGenerations registered;
    private final DroppingGenerations dropping;
    private final ReplayRequests requests;
    private final @Nullable ArchivedEvents archive;
    private final @Nullable OwnSubscriptions subscriptions;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<LastingThread> threads;

    ReplayDesk(
            List<Processor> processors,
            PreparingProcessors preparing,
            DataSource database,
            RunningGenerations generations,
            @Nullable ArchivedEvents archive,
            @Nullable OwnSubscriptions subscriptions,
            Clock clock) {
        this.processors =
                processors.stream()
                        .collect(Collectors.toMap(Processor::name, processor -> processor));
        this.preparing = preparing;
        this.generations = generations;
        this.registered = new RegisteredGenerations(database);
        this.dropping = new DroppingGenerations(database);
        this.requests = new ReplayRequests(database);
        this.archive = archive;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.threads =
                List.of(
                        new LastingThread(
                                "Keeping of generations", () -> repeat(generations::keep)),
                        new LastingThread("Replay requests", () -> repeat(this::answerNext)));
    }

    void start() {
        threads.forEach(LastingThread::start);
    }

    /** A request under way is begun again by whoever finds it. */
    void close() {
        closed.countDown();
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        for (LastingThread thread : threads) {
            if (!thread.ends(deadline)) {
                thread.interrupt();
                boolean _ = thread.ends(deadline + Duration.ofSeconds(2).toNanos());
            }
        }
    }

    private void repeat(Runnable look) {
        try {
            while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look.run();
                } catch (InfrastructureTrouble trouble) {
                    log.debug("Later: {}", trouble.getMessage());
                } catch (Throwable fault) {
                    // Whatever escaped would end the looking.
                    log.error("Generations could not be looked after now", fault);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerNext() {
        Optional<ReplayRequest> next = requests.take(processors.keySet());
        if (next.isEmpty()) {
            return;
        }
        ReplayRequest request = next.get();
        try {
            requests.done(request, answer(request));
        } catch (IllegalStateException | IllegalArgumentException refusal) {
            requests.refused(request, String.valueOf(refusal.getMessage()));
        } catch (IOException | RuntimeException trouble) {
            log.warn("Request {} failed", request, trouble);
            requests.failed(request, Reasons.of(trouble));
        }
    }

    private Object answer(ReplayRequest request) throws IOException {
        Processor processor = processors.get(request.processor());
        if (processor == null) {
            throw new IllegalStateException(
                    "processor " + request.processor() + " is not run here");
        }
        return switch (request.kind()) {
            case START -> start(processor, request);
            case KEY -> key(processor, request);
            case REPAIR -> repair(processor, request);
            case DROP -> drop(processor, request);
        };
    }

    private Object start(Processor processor, ReplayRequest request) {
        for (GenerationState state : registered.states(processor.name())) {
            if (state.isNew()) {
                throw new IllegalStateException(
                        "generation %d of %s is in phase %s already: switch to it, or drop it first"
                                .formatted(
                                        state.generation().number(),
                                        processor.name(),
                                        state.phase()));
            }
        }
        String refusal =
                Rebuildable.refusal(
                        processor, Boolean.parseBoolean(request.argument("evenIfRead")));
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        readableArchive();
        makingSubscriptions();
        if (Boolean.parseBoolean(request.argument("dryRun"))) {
            return Map.of("processor", processor.name(), "dryRun", true);
        }
        PreparedProcessor made = preparing.prepareNew(processor);
        log.info("{} is made; it reads the archive next", made.generation());
        return Map.of("processor", processor.name(), "generation", made.generation().number());
    }

    private Object key(Processor processor, ReplayRequest request) throws IOException {
        ReplayingKey replaying =
                new ReplayingKey(generations.active(processor.name()), readableArchive());
        return replaying.replay(
                request.argument("key"), Boolean.parseBoolean(request.argument("apply")));
    }

    private Object repair(Processor processor, ReplayRequest request) {
        String topic = request.argument("topic");
        Instant since = Instant.parse(request.argument("since"));
        Source<?> source =
                processor.sources().stream()
                        .filter(one -> one.topic().name().equals(topic))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                processor.name()
                                                        + " does not read topic "
                                                        + topic));
        Instant now = clock.instant();
        if (since.isAfter(now)) {
            throw new IllegalStateException(since + " is in the future");
        }
        String subscription =
                generations.active(processor.name()).generation().subscriptionOf(source.topic());
        Duration kept = makingSubscriptions().keptByTopic(subscription);
        if (since.isBefore(now.minus(kept))) {
            throw new IllegalStateException(
                    "topic %s keeps what was published since %s, so none of %s is there: rebuild"
                                    .formatted(topic, now.minus(kept), since)
                            + " with 'farandole replay start'");
        }
        if (!Boolean.parseBoolean(request.argument("dryRun"))) {
            registered.replaying(generations.active(processor.name()).generation(), now);
            makingSubscriptions().seek(subscription, since);
            log.info("Subscription {} is read again since {}", subscription, since);
        }
        return Map.of("subscription", subscription, "since", since.toString());
    }

    private Object drop(Processor processor, ReplayRequest request) {
        int number = Integer.parseInt(request.argument("generation"));
        GenerationState state =
                registered
                        .find(processor.name(), number)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                processor.name() + " has no generation " + number));
        if (state.phase() == GenerationPhase.ACTIVE) {
            throw new IllegalStateException(
                    "generation %d of %s is the active one: switch to another before it is dropped"
                            .formatted(number, processor.name()));
        }
        if (state.dropped() != null) {
            throw new IllegalStateException(
                    "generation %d of %s was dropped at %s"
                            .formatted(number, processor.name(), state.dropped()));
        }
        long mostUnsaid = Long.parseLong(request.arguments().getOrDefault("mostUnsaid", "0"));
        dropping.requireSaid(state.generation(), mostUnsaid);
        if (!Boolean.parseBoolean(request.argument("dryRun"))) {
            OwnSubscriptions deleting = makingSubscriptions();
            dropping.starve(state.generation(), mostUnsaid);
            generations.keep();
            deleting.delete(processor, state.generation());
            dropping.drop(state.generation());
            log.info("{} is dropped", state.generation());
        }
        return Map.of("processor", processor.name(), "generation", number);
    }

    private ArchivedEvents readableArchive() {
        ArchivedEvents readable = archive;
        if (readable == null) {
            throw new IllegalStateException(
                    "the process that runs the processor has no archive to read from: run 'archive'"
                            + " in it too (farandole.streams.processors)");
        }
        return readable;
    }

    private OwnSubscriptions makingSubscriptions() {
        OwnSubscriptions making = subscriptions;
        if (making == null) {
            throw new IllegalStateException(
                    "the process that runs the processor has no client to administer subscriptions");
        }
        return making;
    }
}
