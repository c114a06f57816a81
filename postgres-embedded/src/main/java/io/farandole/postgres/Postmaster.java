package io.farandole.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process of one data directory: found by its pid file, started, stopped, killed. */
final class Postmaster {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOG_LIMIT = 8L << 20;

    private final Layout layout;
    private final PostgresProgram program;

    Postmaster(Layout layout, PostgresProgram program) {
        this.layout = layout;
        this.program = program;
    }

    /**
     * The server that really runs on these data: a pid in a file alone may long belong to somebody
     * else.
     */
    static Optional<ProcessHandle> runningOn(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            if (Files.notExists(pidFile)) {
                return Optional.empty();
            }
            try (Stream<String> lines = Files.lines(pidFile)) {
                return lines.findFirst()
                        .map(String::strip)
                        .map(Long::valueOf)
                        .flatMap(ProcessHandle::of)
                        .filter(process -> isPostgresOf(data, process));
            }
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Throws when it does not come up, with what it said. */
    void start(int port) {
        rotateLog();
        forgetStrangersPid();
        long before = size(layout.log());
        var outcome =
                program.run(
                        "pg_ctl",
                        List.of(
                                "--pgdata=" + layout.data(),
                                "--log=" + layout.log(),
                                "--timeout=" + PATIENCE.toSeconds(),
                                "--wait",
                                "--silent",
                                "start"));
        if (outcome.status() == 0) {
            return;
        }
        String said = tail(before);
        if (said.contains("Address already in use")) {
            throw FixedPort.taken(port, layout.port());
        }
        throw new PostgresFault(
                PostgresFault.Reason.DID_NOT_START,
                "Postgres did not start on "
                        + layout.data()
                        + "; its log is "
                        + layout.log()
                        + ":\n"
                        + (said.isBlank() ? outcome.output() : said).strip());
    }

    /** Ends open transactions, writes everything out. */
    void stop() {
        Optional<ProcessHandle> server = runningOn(layout.data());
        for (String mode : List.of("fast", "immediate")) {
            if (runningOn(layout.data()).isEmpty()) {
                break;
            }
            var outcome =
                    program.run(
                            "pg_ctl",
                            List.of(
                                    "--pgdata=" + layout.data(),
                                    "--mode=" + mode,
                                    "--timeout=30",
                                    "--wait",
                                    "--silent",
                                    "stop"));
            if (outcome.status() != 0) {
                log.warn(
                        "Postgres on {} does not stop in mode {}: {}",
                        layout.data(),
                        mode,
                        outcome.output().strip());
            }
        }
        kill();
        // Its pid file goes before it does.
        server.ifPresent(Postmaster::awaitEnd);
    }

    /** As a power cut would: the server and every process of it at once, nothing written out. */
    void kill() {
        runningOn(layout.data())
                .ifPresent(
                        server -> {
                            List<ProcessHandle> family =
                                    Stream.concat(Stream.of(server), server.descendants()).toList();
                            family.forEach(ProcessHandle::destroyForcibly);
                            family.forEach(Postmaster::awaitEnd);
                        });
    }

    /** Completes when the server that runs now is gone, whoever ended it. */
    CompletableFuture<Void> gone() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Optional<ProcessHandle> server = runningOn(layout.data());
        Thread.ofVirtual()
                .name("postgres-watch")
                .start(
                        () -> {
                            while (!server.map(Postmaster::hasEnded).orElse(true)) {
                                pause(Duration.ofMillis(100));
                            }
                            gone.complete(null);
                        });
        return gone;
    }

    /** Backends outlive a killed server for a moment, and no new one starts over them. */
    void awaitStrays() {
        ProcessHandle.allProcesses()
                .filter(process -> isPostgresOf(layout.data(), process))
                .toList()
                .forEach(Postmaster::awaitEnd);
    }

    // Postgres takes any living process of this user under the pid in its file for a server, and
    // refuses to start.
    private void forgetStrangersPid() {
        if (runningOn(layout.data()).isEmpty()) {
            try {
                Files.deleteIfExists(layout.data().resolve("postmaster.pid"));
            } catch (IOException e) {
                throw new PostgresFault(
                        PostgresFault.Reason.FILES, "Cannot write to " + layout.data(), e);
            }
        }
    }

    static boolean isPostgresOf(Path data, ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        if (!Whereabouts.areKnownHere()) {
            ProcessHandle.Info info = process.info();
            return info.command().map(Postmaster::isPostgres).orElse(false)
                    && info.arguments().map(List::of).orElse(List.of()).contains(data.toString());
        }
        // Every process of a server works in its data directory.
        return Whereabouts.of(process)
                .filter(whereabouts -> isPostgres(whereabouts.program()))
                .filter(whereabouts -> isSame(whereabouts.workingDirectory(), data))
                .isPresent();
    }

    private static boolean isPostgres(String program) {
        return program.endsWith("/postgres");
    }

    private static boolean isSame(Path workingDirectory, Path data) {
        try {
            return workingDirectory.equals(data.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasEnded(process)) {
            if (System.nanoTime() > deadline) {
                throw new PostgresFault(
                        PostgresFault.Reason.DID_NOT_START,
                        "The Postgres process "
                                + process.pid()
                                + " does not end; end it by hand and start again.");
            }
            pause(Duration.ofMillis(10));
        }
    }

    // In a container without an init nobody collects the dead: they count as ended here, while
    // onExit() waits for ever.
    static boolean hasEnded(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException _) {
            return !process.isAlive();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresFault(
                    PostgresFault.Reason.DID_NOT_START, "Interrupted while Postgres ended", e);
        }
    }

    private void rotateLog() {
        try {
            if (size(layout.log()) > LOG_LIMIT) {
                Files.move(
                        layout.log(),
                        layout.log().resolveSibling("postgres.log.1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            log.warn("Postgres' log {} grows: it could not be set aside", layout.log(), e);
        }
    }

    private String tail(long from) {
        try (RandomAccessFile file = new RandomAccessFile(layout.log().toFile(), "r")) {
            file.seek(Math.max(from, file.length() - 4_000));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException _) {
            return 0;
        }
    }
}
