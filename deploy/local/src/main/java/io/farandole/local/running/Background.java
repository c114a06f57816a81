package io.farandole.local.running;

import io.farandole.local.ExitCode;
import io.farandole.local.Failure;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts an installation in a process that outlives this one. */
public final class Background {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String HEAP = "-Xmx2g";
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** How a command begins the line that explains its end. */
    public static final String SAID = "farandole: ";

    private final DataDirectory directory;
    private final Process process;

    private Background(DataDirectory directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Runs this very program again with other arguments.
     *
     * @param oldClients what it lets them in by
     * @throws Failure if the directory is in use
     */
    public static Background start(
            DataDirectory directory, Class<?> main, List<String> arguments, OldClients oldClients) {
        directory.create();
        InstanceLock.take(directory).close();
        List<String> command = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor the end of the terminal reaches it.
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inherited());
        command.add(HEAP);
        command.addAll(wanted());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        File out = directory.logs().resolve("up.out").toFile();
        ProcessBuilder process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(out);
        process.environment().putAll(oldClients.environment());
        try {
            return new Background(directory, process.start());
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "Cannot start a process: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until it answers.
     *
     * @param news is told what it does
     * @throws Failure if it ends instead, with its own reason and exit code
     */
    public Instance awaitReady(Consumer<String> news) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String told = "";
        while (System.nanoTime() < deadline) {
            Optional<Instance> instance =
                    Instance.in(directory).filter(known -> known.pid() == process.pid());
            if (instance.isPresent()) {
                Instance now = instance.get();
                if (!now.doing().equals(told)) {
                    told = now.doing();
                    news.accept(told);
                }
                if (now.phase() == Instance.Phase.READY) {
                    return now;
                }
            }
            if (process.waitFor(PAUSE)) {
                throw ended();
            }
        }
        process.destroy();
        throw new Failure(
                ExitCode.FAILED,
                "It does not answer after "
                        + PATIENCE.toSeconds()
                        + " s and was stopped. See "
                        + directory.logFile());
    }

    /** Ends it as {@code down} does. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** What it said last is what stopped it. */
    private Failure ended() {
        int status = process.exitValue();
        Path output = directory.logs().resolve("up.out");
        String reason =
                lines(output).stream()
                        .filter(line -> line.startsWith(SAID))
                        .reduce((_, last) -> last)
                        .map(line -> line.substring(SAID.length()))
                        .orElse(
                                "It ended with status "
                                        + status
                                        + " before it answered. See "
                                        + output);
        return new Failure(
                status == ExitCode.IN_USE.number() ? ExitCode.IN_USE : ExitCode.FAILED, reason);
    }

    /** Not the heap: that of a command that only starts it, or measures it, is of another size. */
    private static List<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xmx") && !argument.startsWith("-Xms"))
                .toList();
    }

    private static List<String> wanted() {
        String options = System.getenv("FARANDOLE_JAVA_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
