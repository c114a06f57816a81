package io.farandole.processors.training;

import io.farandole.processors.steps.GivenUp;
import io.farandole.recommenders.model.ModelSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains in a child JVM with a heap of its own and less priority: its crash or lack of memory is
 * its own, and whoever serves goes first. The child ends when this process does.
 */
final class ChildTrainer implements Trainer {

    private static final Logger log = LoggerFactory.getLogger(ChildTrainer.class);
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final int NICENESS = 10;
    private static final int LAST_LINES = 5;

    /** The program's exit code for that, and the JVM's when its heap is full. */
    private static final int DOES_NOT_FIT = 3;

    /** Above that an exit code is the number of the signal that killed the process. */
    private static final int SIGNALS = 128;

    private final TrainingSettings settings;

    ChildTrainer(TrainingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void train(Path dataset, Path model, ModelSpec spec)
            throws IOException, InterruptedException, TrainingFailed, GivenUp {
        Process child =
                new ProcessBuilder(command(dataset, model, spec))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Deque<String> last = new ArrayDeque<>();
        Thread reading = Thread.ofVirtual().name("training's words").start(() -> read(child, last));
        try {
            if (!child.waitFor(settings.longest().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GivenUp(
                        spec.text() + " took longer than " + settings.longest() + " and was ended");
            }
            reading.join();
            switch (child.exitValue()) {
                case 0 -> {}
                case DOES_NOT_FIT -> throw new GivenUp(spec.text() + ": " + said(last));
                default ->
                        throw new TrainingFailed(
                                spec.text() + end(child.exitValue()) + ": " + said(last));
            }
        } finally {
            child.destroyForcibly();
        }
    }

    private List<String> command(Path dataset, Path model, ModelSpec spec) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", Integer.toString(NICENESS)));
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The heap is a part: OpenBLAS takes its memory beside it.
                        "-Xmx" + Math.max(64, settings.memory().toMegabytes() / 2) + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        // Where it says so, and why: standard output is not read.
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingChild.class.getName(),
                        "--dataset",
                        dataset.toString(),
                        "--out",
                        model.toString(),
                        "--spec",
                        spec.text(),
                        "--memory",
                        Long.toString(settings.memory().toBytes())));
        return command;
    }

    /** What it says of its progress goes to the log; the last lines say why it failed. */
    private static void read(Process child, Deque<String> last) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.debug("Training: {}", line);
                synchronized (last) {
                    last.addLast(line);
                    if (last.size() > LAST_LINES) {
                        last.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            log.debug("The training's words end here", e);
        }
    }

    private static String end(int status) {
        return status > SIGNALS
                ? " was killed by signal " + (status - SIGNALS)
                : " ended with status " + status;
    }

    private static String said(Deque<String> last) {
        synchronized (last) {
            return last.isEmpty() ? "it said nothing" : String.join(" / ", last);
        }
    }
}
