package io.farandole.streams.filling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.postgres.DurablePostgres;
import io.farandole.postgres.PostgresFault;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.streams.batch.StreamsSchema;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** In a process that has a small disk: fills it under load, frees it, and counts. */
final class FullDiskTrial {

    /** What lies on the small disk. */
    enum OnDisk {
        /** The tables; the log of transactions has room, so that Postgres lives on. */
        TABLES(160),
        /** All of Postgres, which ends when it cannot write its log. */
        POSTGRES(160),
        /** The broker's journal. */
        JOURNAL(240);

        private final int megabytes;

        OnDisk(int megabytes) {
            this.megabytes = megabytes;
        }

        int megabytes() {
            return megabytes;
        }
    }

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration FULL = Duration.ofSeconds(10);

    /** Of SQLSTATEs: by an operator, or by a crash. */
    private static final String ENDED = "57P";

    private static final int FIRST = 2_000;
    private static final int PORTION = 100;
    private static final long LEFT = 512 * 1024;
    private static final long MEGABYTE = 1024 * 1024;

    private final OnDisk what;
    private final SmallDisk disk;
    private final Path large;
    private final long seed;
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private CompletableFuture<Void> traffic = CompletableFuture.completedFuture(null);

    private FullDiskTrial(OnDisk what, Path small, Path large, long seed) {
        this.what = what;
        this.disk = new SmallDisk(small);
        this.large = large;
        this.seed = seed;
    }

    public static void main(String[] arguments) {
        int status = 1;
        try {
            new FullDiskTrial(
                            OnDisk.valueOf(arguments[0]),
                            Path.of(arguments[1]),
                            Path.of(arguments[2]),
                            Long.parseLong(arguments[3]))
                    .run();
            status = 0;
        } catch (Throwable e) {
            e.printStackTrace(System.out);
        }
        // Threads of clients that wait for something would keep it.
        System.exit(status);
    }

    private void run() throws Exception {
        Path tables = (what == OnDisk.JOURNAL ? large : disk.directory()).resolve("postgres");
        Path journal = (what == OnDisk.JOURNAL ? disk.directory() : large).resolve("journal");
        try (DurablePostgres postgres = started(tables);
                Installation installation =
                        new Installation(
                                EmbeddedPubSub.builder().journal(journal).start(), postgres)) {
            StreamsSchema.migrate(installation.wiring().database());
            Views.provision(installation.wiring());
            Views views = new Views(installation.wiring(), seed);
            ViewBooks books = new ViewBooks(installation);
            Streams streams =
                    installation.wiring().streams(StreamsSettings.defaults(), Tally.processor());
            streams.start();
            try (Collector said =
                    new Collector(installation.wiring(), "recommendations.collector")) {
                views.publish(FIRST);
                await().atMost(LONG).until(() -> books.settled() == views.distinct());

                if (what == OnDisk.JOURNAL) {
                    // What is heard then is folded, and what follows from it cannot be said.
                    streams.stop();
                    views.publish(FIRST);
                    JournalFilling filling = new JournalFilling(installation, journal);
                    filling.fill(disk, LEFT);
                    streams.start();
                    whileFull(streams, views);
                    filling.isRefused();
                    disk.free(MEGABYTE);
                    recover(streams, postgres, views, books);
                    filling.isTakenAgainAndNothingIsLost();
                } else {
                    disk.fill(LEFT);
                    whileFull(streams, views);
                    if (what == OnDisk.POSTGRES) {
                        endIt(installation);
                    }
                    assertThat(said.distinct()).isLessThan((int) views.distinct());
                    disk.free(MEGABYTE);
                    recover(streams, postgres, views, books);
                }
                await().atMost(LONG).until(() -> said.distinct() == views.distinct());
                await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
                books.areExactly(views);
                books.keepTheOrderOfEachUser(said);
            }
            streams.stop();
            System.out.printf(
                    "%,d events, %,d of them different%n", views.published(), views.distinct());
        }
    }

    private DurablePostgres started(Path tables) throws IOException, InterruptedException {
        DurablePostgres postgres = DurablePostgres.in(tables).start();
        // Whoever has waited for too long ends this process, and Postgres with it.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        if (what == OnDisk.TABLES) {
            // Before anybody is connected: it has to be stopped for that.
            moveTheLog(postgres);
        }
        return postgres;
    }

    /** Publishes until what is full is noticed, and for a while more. */
    private void whileFull(Streams streams, Views views) {
        traffic = CompletableFuture.runAsync(() -> publish(views));
        await().atMost(LONG).until(() -> !streams.condition().troubles().isEmpty());
        System.out.println("Full: " + streams.condition().troubles());
        LockSupport.parkNanos(FULL.toNanos());
        assertThat(streams.condition().troubles()).as("what is still full").isNotEmpty();
    }

    /** Has so much written into its log that it needs another file of it, and panics. */
    private static void endIt(Installation installation) {
        await().atMost(LONG).until(() -> hasEnded(installation));
        System.out.println("Postgres ended its sessions, for its log had no room");
    }

    private static boolean hasEnded(Installation installation) {
        try {
            installation.execute("select pg_logical_emit_message(false, '', repeat('.', 1000000))");
            return false;
        } catch (IllegalStateException e) {
            return e.getCause() instanceof SQLException sql
                    && (sql.getCause() instanceof IOException
                            || String.valueOf(sql.getMessage()).contains("PANIC")
                            || String.valueOf(sql.getSQLState()).startsWith(ENDED));
        }
    }

    private void recover(Streams streams, DurablePostgres postgres, Views views, ViewBooks books) {
        if (what == OnDisk.POSTGRES) {
            // As whoever watches it does, PostgresWatch in the all-in-one.
            await().atMost(LONG)
                    .ignoreExceptionsMatching(PostgresFault.class::isInstance)
                    .until(
                            () -> {
                                if (!postgres.isRunning()) {
                                    postgres.restart();
                                }
                                return postgres.isRunning();
                            });
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(streams.condition().troubles()).isEmpty());
        goesOn.set(false);
        traffic.join();
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
    }

    private void publish(Views views) {
        try {
            while (goesOn.get()) {
                views.publish(PORTION);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void moveTheLog(DurablePostgres postgres) throws IOException, InterruptedException {
        Path log = postgres.directory().resolve("data").resolve("pg_wal");
        Path elsewhere = large.resolve("pg_wal");
        postgres.close();
        Process move = new ProcessBuilder("mv", log.toString(), elsewhere.toString()).start();
        assertThat(move.waitFor()).as("status of mv").isZero();
        Files.createSymbolicLink(log, elsewhere);
        postgres.start();
    }
}
