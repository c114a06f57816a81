package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import io.farandole.orchestrator.verifying.Verifying;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.archive.Archive;
import io.farandole.pubsub.EmbeddedPubSub;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole platform in this JVM, on one directory. */
public final class AllInOne implements AutoCloseable {

    /** The project that all of it belongs to, where there is no Google Cloud. */
    public static final String PROJECT = "farandole-local";

    private static final Logger LOG = LoggerFactory.getLogger(AllInOne.class);

    /** A bean of the processors. */
    private static final String LONGEST_TRIAL = "longestTrial";

    private static final Duration START_PATIENCE = Duration.ofMinutes(1);

    /**
     * A part that took its time to start.
     *
     * @param after when it began, from the start of the whole
     */
    public record Step(String name, Duration after, Duration took) {}

    private final DataDirectory directory;
    private final Ports ports;
    private final JournalBounds journal;
    private final OldClients oldClients;
    private final Consumer<String> news;
    private final long started = System.nanoTime();
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Runnable> closers = new ConcurrentLinkedDeque<>();
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Failure> reason = new AtomicReference<>();
    private @Nullable Instance instance;
    private volatile boolean closing;

    /**
     * Does nothing yet; {@link #start()} does.
     *
     * @param journal what bounds the broker's
     * @param oldClients who is let in at the old API's addresses
     * @param news is told each step
     */
    public AllInOne(
            DataDirectory directory,
            Ports wanted,
            JournalBounds journal,
            OldClients oldClients,
            Consumer<String> news) {
        this.directory = directory;
        this.ports = wanted.checked();
        this.journal = journal;
        this.oldClients = oldClients;
        this.news = news;
    }

    /**
     * Returns when it answers.
     *
     * @throws Failure if the directory is in use, or a part does not start
     */
    public void start() {
        directory.create();
        InstanceLock lock = InstanceLock.take(directory);
        closers.push(lock::close);
        try {
            startParts();
        } catch (RuntimeException e) {
            Failure failure = StartFailure.of(e);
            save(saved().failed(String.valueOf(failure.getMessage())));
            reason.set(failure);
            throw failure;
        } finally {
            startEnded.countDown();
        }
    }

    public DataDirectory directory() {
        return directory;
    }

    public Ports ports() {
        return ports;
    }

    /** Where the time went, in the order in which the parts were ready. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /**
     * Waits until it is closed or cannot go on.
     *
     * @throws Failure if it cannot go on
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        Failure failure = reason.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** Leaves word that what it was for failed, for whoever finds the directory. */
    public void failed(String why) {
        if (reason.compareAndSet(null, new Failure(ExitCode.FAILED, why))) {
            save(saved().failed(why));
        }
    }

    /** Ends the parts in the order in which they depend on each other: batches in flight finish. */
    @Override
    public void close() {
        closing = true;
        if (!closers.isEmpty()) {
            awaitStartEnded();
        }
        synchronized (closers) {
            boolean ran = !closers.isEmpty();
            while (!closers.isEmpty()) {
                close(closers.pop());
            }
            if (ran && reason.get() == null) {
                save(saved().with(Instance.Phase.STOPPED, "stopped"));
            }
        }
        ended.countDown();
    }

    /** A part that starts while all ends would be left behind. */
    private void awaitStartEnded() {
        try {
            if (!startEnded.await(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Ends although a part is still starting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startParts() {
        save(Instance.ofThisProcess(Instance.Phase.STARTING, "starting", ports));
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<EmbeddedPubSub> pubsub =
                    CompletableFuture.supplyAsync(() -> timed("Pub/Sub", this::pubsub), parallel);
            DurablePostgres database = timed("Postgres", this::postgres);
            LagEndpoint lag = new LagEndpoint(joined(pubsub), Clock.systemUTC());
            Services services =
                    new Services(
                            database.endpoint(),
                            ports,
                            directory,
                            journal,
                            oldClients,
                            new WithoutSocket(joined(pubsub)));
            ProcessorsHealth health = new ProcessorsHealth();
            ArchiveEndpoint archive = new ArchiveEndpoint();
            VerifyEndpoint verify = new VerifyEndpoint();
            BoundsEndpoint bounds = new BoundsEndpoint();
            CompletableFuture<ConfigurableApplicationContext> gateway =
                    CompletableFuture.supplyAsync(
                            () ->
                                    context(
                                            "API",
                                            () ->
                                                    services.gateway(
                                                            health, lag, archive, verify, bounds)),
                            parallel);
            ConfigurableApplicationContext orchestrator =
                    context("orchestrator", services::orchestrator);
            ConfigurableApplicationContext processors = context("processors", services::processors);
            health.of(orchestrator, processors);
            lag.of(orchestrator, processors);
            archive.of(processors.getBean(Archive.class));
            verify.of(verifying(processors));
            bounds.of(Bounds.of(journal, processors));
            joined(gateway);
            save(saved().ready(database.port()));
        }
    }

    private Verifying verifying(ConfigurableApplicationContext processors) {
        return new Verifying(
                directory.journal(),
                new VerifiedArchive(processors.getBean(Archive.class)),
                processors.getBean(JdbcClient.class),
                Clock.systemUTC(),
                processors.getBean(LONGEST_TRIAL, Duration.class));
    }

    private EmbeddedPubSub pubsub() {
        EmbeddedPubSub pubsub = broker(directory, ports, journal.bytes());
        closers.push(pubsub::close);
        return pubsub;
    }

    static EmbeddedPubSub broker(DataDirectory directory, Ports ports, long journalLimit) {
        return EmbeddedPubSub.builder()
                .port(ports.pubsub())
                .journal(directory.journal())
                .journalLimit(journalLimit)
                .start();
    }

    private DurablePostgres postgres() {
        DurablePostgres database = DurablePostgres.in(directory.postgres()).start();
        closers.push(database::close);
        PostgresWatch watch = new PostgresWatch(database, this::tell, this::giveUp);
        closers.push(watch::close);
        return database;
    }

    private ConfigurableApplicationContext context(
            String name, Supplier<ConfigurableApplicationContext> service) {
        ConfigurableApplicationContext context = timed(name, service);
        closers.push(context::close);
        return context;
    }

    private <T> T timed(String name, Supplier<T> part) {
        if (closing) {
            throw new Failure(ExitCode.FAILED, "It was stopped while it started.");
        }
        Duration after = Duration.ofNanos(System.nanoTime() - started);
        T result = part.get();
        Duration took = Duration.ofNanos(System.nanoTime() - started).minus(after);
        steps.add(new Step(name, after, took));
        tell(name + " is up after " + took.toMillis() + " ms");
        return result;
    }

    private void tell(String line) {
        LOG.info("{}", line);
        Instance known = instance;
        if (known != null && known.phase() == Instance.Phase.STARTING) {
            save(known.with(Instance.Phase.STARTING, line));
        }
        news.accept(line);
    }

    private void giveUp(String line) {
        LOG.error("{}", line);
        Failure failure = new Failure(ExitCode.FAILED, line);
        reason.set(failure);
        save(saved().failed(line));
        ended.countDown();
    }

    private static void close(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | LinkageError e) {
            // The other parts are to close all the same; a jar replaced meanwhile lacks classes.
            LOG.warn("A part did not close", e);
        }
    }

    private synchronized void save(Instance now) {
        instance = now;
        now.save(directory);
    }

    private Instance saved() {
        Instance known = instance;
        return known == null
                ? Instance.ofThisProcess(Instance.Phase.STARTING, "starting", ports)
                : known;
    }

    private static <T> T joined(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
