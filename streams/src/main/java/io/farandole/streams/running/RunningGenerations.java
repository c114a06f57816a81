package io.farandole.streams.running;

import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Processor;
import io.farandole.streams.batch.Generation;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.PreparedProcessor;
import io.farandole.streams.batch.PreparingProcessors;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.endurance.Reasons;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds every generation of this process's processors that is to be fed: the active one, one that
 * is being built, and those that one may go back to. All that is known of them is in the database,
 * where other processes change it too: so it is looked at again and again.
 */
final class RunningGenerations {

    private static final Logger log = LoggerFactory.getLogger(RunningGenerations.class);

    private final List<Processor> processors;
    private final PreparingProcessors preparing;
    private final RegisteredGenerations registered;
    private final DataSource database;
    private final Function<PreparedProcessor, ProcessorRunner> runners;
    private final @Nullable ArchivedEvents archive;
    private final @Nullable OwnSubscriptions subscriptions;
    private final IntSupplier worker;
    private final Duration drain;
    private final Clock clock;
    private final Map<Integer, RunningGeneration> fed = new ConcurrentSkipListMap<>();
    private final Set<Integer> cleared = new HashSet<>();

    /**
     * @param runners makes what reads a generation's subscriptions
     * @param worker the number under which what is read from the archive is booked
     */
    RunningGenerations(
            List<Processor> processors,
            PreparingProcessors preparing,
            DataSource database,
            Function<PreparedProcessor, ProcessorRunner> runners,
            @Nullable ArchivedEvents archive,
            @Nullable OwnSubscriptions subscriptions,
            IntSupplier worker,
            StreamsSettings settings,
            Clock clock) {
        this.processors = processors;
        this.preparing = preparing;
        this.registered = new RegisteredGenerations(database);
        this.database = database;
        this.runners = runners;
        this.archive = archive;
        this.subscriptions = subscriptions;
        this.worker = worker;
        this.drain = settings.drain();
        this.clock = clock;
    }

    /** Makes the active generations ready; what is wrong with them is thrown. */
    synchronized void prepareActive() {
        for (Processor processor : processors) {
            PreparedProcessor prepared = preparing.prepare(processor);
            fed.put(
                    prepared.generation().id(),
                    new RunningGeneration(prepared, GenerationPhase.ACTIVE, runners));
        }
    }

    synchronized void forEachPrepared(Consumer<PreparedProcessor> consumer) {
        fed.values().forEach(running -> consumer.accept(running.prepared()));
    }

    synchronized void start() {
        fed.values().forEach(RunningGeneration::read);
    }

    /** Does for each generation what its phase asks for. */
    synchronized void keep() {
        for (GenerationState state : registered.states(null)) {
            for (Processor processor : processors) {
                if (processor.name().equals(state.generation().processor())) {
                    keep(processor, state);
                }
            }
        }
    }

    private void keep(Processor processor, GenerationState state) {
        Generation generation = state.generation();
        RunningGeneration running = fed.get(generation.id());
        if (!state.fed()) {
            if (running != null) {
                log.info("{} is fed no more", generation);
                running.stopTaking();
                running.finish(System.nanoTime() + drain.toNanos());
                running.awaitAcks(System.nanoTime() + SourceRunner.LAST_ACKS.toNanos());
                fed.remove(generation.id());
            }
            if (state.dropped() != null && cleared.add(generation.id())) {
                clear(processor, generation);
            }
            return;
        }
        try {
            if (running == null) {
                running =
                        new RunningGeneration(
                                preparing.prepare(processor, generation), state.phase(), runners);
                fed.put(generation.id(), running);
            }
            if (running.phase() != state.phase()) {
                log.info("{} is in phase {}", generation, state.phase());
            }
            running.noted(state);
            String lacking = goOn(processor, running, state);
            if (!Objects.equals(lacking, state.trouble())) {
                registered.trouble(generation, lacking);
            }
        } catch (RuntimeException trouble) {
            log.warn("{} does not get on: {}", generation, trouble.getMessage());
            log.debug("Why {} does not get on", generation, trouble);
            registered.trouble(generation, Reasons.of(trouble));
        }
    }

    // Who provisions the topic catalogue's subscriptions makes those of a first generation that was
    // dropped again, at each start: nobody would read what they keep.
    private void clear(Processor processor, Generation generation) {
        OwnSubscriptions deleting = subscriptions;
        if (deleting == null || generation.number() > 1) {
            return;
        }
        try {
            deleting.delete(processor, generation);
        } catch (RuntimeException trouble) {
            cleared.remove(generation.id());
            log.warn("Subscriptions of {} stay a while: {}", generation, trouble.getMessage());
        }
    }

    /** What it lacks to get on, in words. */
    private @Nullable String goOn(
            Processor processor, RunningGeneration running, GenerationState state) {
        Generation generation = state.generation();
        ArchivedEvents readable = archive;
        OwnSubscriptions making = subscriptions;
        switch (state.phase()) {
            case CREATED -> {
                if (making == null) {
                    return "this process may make no subscriptions";
                }
                registered.replaying(generation, clock.instant());
                making.make(running.prepared(), active(processor.name()));
                boolean _ =
                        registered.move(
                                generation, GenerationPhase.CREATED, GenerationPhase.BACKFILL);
            }
            case BACKFILL -> {
                if (readable == null) {
                    return "this process has no archive";
                }
                running.backfill(
                        prepared ->
                                new Backfill(
                                        prepared,
                                        readable,
                                        registered,
                                        database,
                                        worker.getAsInt()));
                return state.trouble();
            }
            case CATCHUP -> {
                running.read();
                if (running.isCaughtUp()) {
                    boolean _ =
                            registered.move(
                                    generation, GenerationPhase.CATCHUP, GenerationPhase.SHADOW);
                }
            }
            case SHADOW -> {
                running.read();
                if (!running.isCompared(
                        prepared -> new Comparing(prepared.generation(), database))) {
                    // Whoever compares says what is in the way.
                    return state.trouble();
                }
            }
            case ACTIVE, RETIRED -> running.read();
        }
        return null;
    }

    /** The active generation of a processor that runs here. */
    PreparedProcessor active(String processor) {
        RunningGeneration active =
                registered
                        .active(processor)
                        .map(state -> fed.get(state.generation().id()))
                        .orElse(null);
        if (active == null) {
            throw new IllegalStateException("processor " + processor + " does not run here");
        }
        return active.prepared();
    }

    void stopTaking() {
        fed.values().forEach(RunningGeneration::stopTaking);
    }

    void finish(long deadline) {
        fed.values().forEach(one -> one.finish(deadline));
    }

    /** After {@link #finish}: until the last acknowledgements of all are sent. */
    void awaitAcks(long deadline) {
        fed.values().forEach(one -> one.awaitAcks(deadline));
    }

    void revive() {
        fed.values().forEach(RunningGeneration::revive);
    }

    /**
     * The state of all subscriptions, and what does not work of those generations that are read:
     * what ails the others is no reason to stop serving, and told where generations are listed.
     */
    void report(Map<String, SubscriptionState> states, Map<String, String> troubles) {
        for (RunningGeneration one : fed.values()) {
            ProcessorRunner runner = one.runner();
            if (runner != null) {
                boolean serves = one.phase() == GenerationPhase.ACTIVE;
                runner.report(states, serves ? troubles : new LinkedHashMap<>());
            }
        }
    }
}
