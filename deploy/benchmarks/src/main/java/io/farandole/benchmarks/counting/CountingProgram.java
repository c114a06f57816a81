package io.farandole.benchmarks.counting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A system alone in its process: takes trials from standard input, line by line, and says what each
 * gave, until there are no more.
 */
public final class CountingProgram {

    /** What it says when it may be asked. */
    public static final String READY = "ready";

    private CountingProgram() {}

    /** Starts a system. */
    public interface Opening {
        Counting open() throws Exception;
    }

    /** Returns when there is nothing more to measure. */
    public static void run(Opening opening) throws Exception {
        // Libraries print what they like; the answers are to be alone.
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (Counting counting = opening.open();
                BufferedReader trials =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println(READY);
            for (String line = trials.readLine(); line != null; line = trials.readLine()) {
                answers.println(measure(counting, Trial.parse(line)).line());
            }
        }
    }

    private static Result measure(Counting counting, Trial trial) throws Exception {
        return switch (trial.kind()) {
            case DRAIN -> Draining.measure(counting, trial);
            case LATENCY -> Answering.measure(counting, trial);
            case RECOVERY -> Recovering.measure(counting, trial);
            case REBUILD -> Rebuilding.measure(counting, trial);
        };
    }

    /** For a process that is killed, or whose parent goes: returns when its input ends. */
    public static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is expected.
        }
    }
}
