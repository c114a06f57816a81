package io.farandole.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres of our own on one directory: everything that was committed survives a kill of it and
 * of this process.
 */
public final class DurablePostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DurablePostgres.class);
    private static final int PORTS_TO_TRY = 5;

    private final Layout layout;
    private final Supplier<RootsDisguise> disguise;
    private final boolean deletedAtClose;
    private @Nullable DirectoryLock lock;
    private @Nullable Postmaster postmaster;
    private @Nullable PostgresEndpoint endpoint;

    private DurablePostgres(
            Path directory, Supplier<RootsDisguise> disguise, boolean deletedAtClose) {
        this.layout = Layout.of(directory);
        this.disguise = disguise;
        this.deletedAtClose = deletedAtClose;
    }

    /**
     * Does nothing yet; {@link #start()} does. Whoever starts it closes it: there is no shutdown
     * hook.
     */
    public static DurablePostgres in(Path directory) {
        return new DurablePostgres(directory, RootsDisguise::ofThisProcess, false);
    }

    static DurablePostgres in(Path directory, RootsDisguise disguise) {
        return new DurablePostgres(directory, () -> disguise, false);
    }

    /**
     * Started, as durable as any other, on a directory that is gone after {@link #close()} or the
     * JVM's normal end.
     */
    public static DurablePostgres temporary() {
        Path directory = TemporaryDirectories.create(PostgresProgram.ofThisProcess());
        DurablePostgres postgres =
                new DurablePostgres(directory, RootsDisguise::ofThisProcess, true);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres-temporary"));
        try {
            return postgres.start();
        } catch (RuntimeException e) {
            postgres.deleteDirectory();
            throw e;
        }
    }

    /** Makes the cluster if there is none, ends an orphan of a killed process, and starts. */
    public synchronized DurablePostgres start() {
        if (lock != null) {
            throw new IllegalStateException(
                    "Postgres on " + layout.directory() + " is started already");
        }
        layout.create();
        DirectoryLock taken = DirectoryLock.take(layout);
        try {
            launch();
            lock = taken;
        } catch (RuntimeException e) {
            taken.close();
            throw e;
        }
        return this;
    }

    /**
     * Again on the same data and port, after a {@link #kill()} or whatever else ended or troubles
     * it.
     */
    public synchronized void restart() {
        started(postmaster).stop();
        launch();
    }

    /** As a power cut would end it; {@link #restart()} brings it back. */
    public synchronized void kill() {
        started(postmaster).kill();
    }

    /** Completes when the server that runs now ends, also by a hand other than ours. */
    public synchronized CompletableFuture<Void> gone() {
        return started(postmaster).gone();
    }

    public synchronized boolean isRunning() {
        return lock != null && Postmaster.runningOn(layout.data()).isPresent();
    }

    @Override
    public synchronized void close() {
        if (lock == null) {
            return;
        }
        try {
            started(postmaster).stop();
            if (deletedAtClose) {
                deleteDirectory();
            }
        } finally {
            lock.close();
            lock = null;
        }
    }

    public Path directory() {
        return layout.directory();
    }

    public synchronized PostgresEndpoint endpoint() {
        return started(endpoint);
    }

    public String jdbcUrl() {
        return endpoint().jdbcUrl();
    }

    public String host() {
        return endpoint().host();
    }

    public int port() {
        return endpoint().port();
    }

    public String database() {
        return endpoint().database();
    }

    public Credentials owner() {
        return endpoint().owner();
    }

    public Credentials reader() {
        return endpoint().reader();
    }

    public Credentials gateway() {
        return endpoint().gateway();
    }

    public DataSource ownerDataSource() {
        return endpoint().ownerDataSource();
    }

    public DataSource readerDataSource() {
        return endpoint().readerDataSource();
    }

    private void launch() {
        PostgresProgram program = new PostgresProgram(disguise.get());
        Postmaster server = new Postmaster(layout, program);
        Postmaster.runningOn(layout.data())
                .ifPresent(
                        orphan -> {
                            // Stopped, not adopted: so no transaction of the killed process can
                            // still commit behind our back.
                            log.info(
                                    "Ending Postgres {}, which a killed process left running on {}",
                                    orphan.pid(),
                                    layout.data());
                            server.stop();
                        });
        server.awaitStrays();
        takeOverData(program);
        Cluster cluster = new Cluster(layout, program);
        RolePasswords roles = cluster.ensure();
        int port = startOnItsPort(server, cluster);
        PostgresEndpoint reached = roles.at(port);
        try {
            FixedPort.save(layout.port(), port);
            Durability.check(reached, layout);
        } catch (IOException e) {
            server.stop();
            throw new PostgresFault(PostgresFault.Reason.FILES, "Cannot write " + layout.port(), e);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        postmaster = server;
        endpoint = reached;
        log.info("Postgres runs on port {} with the data in {}", port, layout.directory());
    }

    private void takeOverData(PostgresProgram program) {
        try {
            program.disguise().takeOver(layout.data());
            program.disguise().takeOver(layout.log());
        } catch (IOException e) {
            throw new PostgresFault(
                    PostgresFault.Reason.FILES,
                    "Cannot give " + layout.data() + " to the user as whom Postgres runs",
                    e);
        }
    }

    private int startOnItsPort(Postmaster server, Cluster cluster) {
        var saved = FixedPort.saved(layout.port());
        if (saved.isPresent()) {
            int port = saved.get();
            if (!FixedPort.isFree(port)) {
                throw FixedPort.taken(port, layout.port());
            }
            cluster.configure(port);
            server.start(port);
            return port;
        }
        for (int attempt = 1; ; attempt++) {
            int port = FixedPort.choose();
            cluster.configure(port);
            try {
                server.start(port);
                return port;
            } catch (PostgresFault e) {
                // Another program can take a free port before Postgres does; nobody knows this one
                // by heart yet.
                if (e.reason() != PostgresFault.Reason.PORT_TAKEN || attempt == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    private void deleteDirectory() {
        try {
            Trees.delete(layout.directory());
        } catch (IOException e) {
            log.warn("Could not delete {}", layout.directory(), e);
        }
    }

    private <T> T started(@Nullable T part) {
        if (lock == null || part == null) {
            throw new IllegalStateException(
                    "Postgres on " + layout.directory() + " is not started");
        }
        return part;
    }
}
