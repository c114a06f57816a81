package io.farandole.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.local.Farandole;
import io.farandole.local.command.FarandoleCommand;
import io.farandole.local.inspecting.Books;
import io.farandole.local.inspecting.Rest;
import io.farandole.local.inspecting.StoreHash;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.DataDirectory;
import io.farandole.local.running.Ports;
import io.farandole.local.running.RunningInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The platform in a process of its own on a directory of its own, and the command to drive it. */
final class Installation implements AutoCloseable {

    /** Beside the modules, seen from this one. */
    static final Path DATA_SET = Path.of("../../data/ml-latest-small");

    /** What clients of the old API show. */
    static final String OLD_TOKEN = "of-the-old-clients";

    private static final String JOURNAL_LIMIT = "2GB";

    private static final Duration START = Duration.ofMinutes(5);

    private final DataDirectory directory;
    private final List<String> settings;
    private Process process;
    private @Nullable Tables tables;

    private Installation(DataDirectory directory, List<String> settings) {
        this.directory = directory;
        this.settings = settings.stream().map(setting -> "-D" + setting).toList();
        this.process = launch(JOURNAL_LIMIT);
    }

    static Installation start() {
        return startWith();
    }

    /**
     * @param settings such as {@code farandole.deployment.canary-share=50}
     */
    static Installation startWith(String... settings) {
        try {
            // Not below the module's target: a socket's path may not be long.
            return start(Files.createTempDirectory("farandole-story-"), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Installation start(Path path) {
        return start(path, List.of());
    }

    private static Installation start(Path path, List<String> settings) {
        Installation installation = new Installation(new DataDirectory(path), settings);
        installation.awaitReady();
        return installation;
    }

    /** The same directory again, after a kill. */
    void startAgain() {
        startAgain(JOURNAL_LIMIT);
    }

    /** With a broker whose journal may take no more than this. */
    void startAgain(String journalLimit) {
        process = launch(journalLimit);
        awaitReady();
    }

    /** What a power cut is to this process; Postgres, a process of its own, is left behind. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Runs a subcommand of {@code farandole} on this installation, in this process. */
    Said run(String... arguments) {
        return runOn(directory.path(), arguments);
    }

    /** Runs a subcommand on any directory. */
    static Said runOn(Path directory, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = FarandoleCommand.line();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--data");
        all.add(directory.toString());
        return new Said(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    Ports ports() {
        return RunningInstance.find(directory.path()).ports();
    }

    String pubsubAddress() {
        return RunningInstance.find(directory.path()).pubsubAddress();
    }

    Tables tables() {
        if (tables == null) {
            tables = Tables.in(directory);
        }
        return tables;
    }

    DataDirectory directory() {
        return directory;
    }

    Books awaitRest() throws InterruptedException {
        return new Rest(directory, tables()).await();
    }

    /** Of everything but the lists. */
    List<StoreHash> facts() {
        return hashes(false);
    }

    List<StoreHash> lists() {
        return hashes(true);
    }

    private List<StoreHash> hashes(boolean lists) {
        return tables().hashes().stream()
                .filter(hash -> hash.store().endsWith(".lists") == lists)
                .toList();
    }

    @Override
    public void close() {
        if (tables != null) {
            tables.close();
        }
        process.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
        directory.delete();
        try {
            Files.deleteIfExists(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> assertThat(process.isAlive()).describedAs(lastWords()).isTrue())
                .until(
                        () ->
                                RunningInstance.search(directory.path())
                                        .filter(running -> running.instance().isReady())
                                        .filter(
                                                running ->
                                                        running.instance().pid() == process.pid())
                                        .isPresent());
    }

    private String lastWords() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            return "It said nothing.";
        }
    }

    private Path output() {
        return directory.path().resolveSibling(directory.path().getFileName() + ".out");
    }

    private Process launch(String journalLimit) {
        List<String> command = java();
        command.addAll(settings);
        command.addAll(
                List.of(
                        "-Xmx1g",
                        Farandole.class.getName(),
                        "up",
                        "--foreground",
                        "--data",
                        directory.toString(),
                        "--api-port",
                        "0",
                        "--management-port",
                        "0",
                        "--pubsub-port",
                        "0",
                        "--journal-limit",
                        journalLimit,
                        "--journal-days",
                        "30"));
        try {
            Path token = Files.writeString(directory.path().resolve("old-token"), OLD_TOKEN + "\n");
            command.addAll(List.of("--old-token-file", token.toString()));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM with this one's classes: short-lived, so that starting counts more than speed. */
    static List<String> java() {
        return Arrays.stream(
                        new String[] {
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:MetaspaceSize=192m",
                            "-XX:+UnlockDiagnosticVMOptions",
                            "-XX:-BytecodeVerificationRemote",
                            "-cp",
                            System.getProperty(
                                    "surefire.test.class.path",
                                    System.getProperty("java.class.path"))
                        })
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
