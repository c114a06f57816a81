package io.farandole.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program in a JVM of its own that is asked line by line, and answers each line with one. What it
 * is to know first is its first line, for secrets do not belong among arguments.
 */
public final class Asked implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STATUS = Duration.ofSeconds(2);
    private static final String PEAK = "VmHWM:";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private Asked(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** What a program does with what it is asked. */
    @FunctionalInterface
    public interface Answers {
        String to(String question) throws Exception;
    }

    /**
     * Makes, of its first line, what answers the others; that says a line itself when it is ready.
     */
    @FunctionalInterface
    public interface Opening {
        Opened open(String first) throws Exception;
    }

    /** A program that is ready. */
    public interface Opened extends Answers, AutoCloseable {
        String greeting();

        @Override
        void close();
    }

    /** Starts it; it may take its time until it answers. */
    public static Asked start(List<String> flags, Class<?> program, String first)
            throws IOException {
        return of(program.getSimpleName(), OtherJvm.start(flags, program, List.of()), first);
    }

    /** A program that somebody else started. */
    public static Asked of(String name, Process process, String first) {
        Asked asked = new Asked(name, process);
        asked.questions.println(first);
        return asked;
    }

    /** The other side: returns when there are no more questions. */
    public static void answer(Opening opening) throws Exception {
        // Libraries print what they like; the answers are to be alone.
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = questions.readLine();
        if (first == null) {
            return;
        }
        try (Opened opened = opening.open(first)) {
            answers.println(opened.greeting());
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                answers.println(opened.to(line));
            }
        }
    }

    /** What it says next: the first time, that it is ready. */
    public String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " ended" + status() + "; it said why above");
        }
        return line;
    }

    /** Above 128 it was a signal, less 128. */
    private String status() {
        try {
            return process.waitFor(STATUS.toMillis(), TimeUnit.MILLISECONDS)
                    ? " with status " + process.exitValue()
                    : ", and still runs";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    public String ask(String question) throws IOException {
        questions.println(question);
        return line();
    }

    /** Has it do something that takes its time; {@link #line()} is the answer. */
    public void begin(String question) {
        questions.println(question);
    }

    /** The processor time that it has spent. */
    public Duration spent() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most memory that it had at once, in bytes; only Linux tells. */
    public OptionalLong peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        }
    }

    /** With its input it ends; if it does not, it is ended. */
    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
