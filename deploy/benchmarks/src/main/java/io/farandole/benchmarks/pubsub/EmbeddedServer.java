package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.process.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our server, in a JVM of its own. */
public final class EmbeddedServer implements Server {

    static final String HEAP = "2g";

    /** What the process can be asked; each answer is a number. */
    enum Question {
        /** The bytes of heap in use after a collection. */
        HEAP,
        /** How many messages are not acknowledged yet, over all subscriptions. */
        BACKLOG,
        /** How many nanoseconds another one takes to start in that JVM. */
        START_ANOTHER
    }

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final String endpoint;
    private final double startMillis;

    private EmbeddedServer(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String[] started = line().split(" ", -1);
        startMillis = Long.parseLong(started[0]) / 1e6;
        endpoint = started[1];
    }

    /**
     * @param journal where it keeps what it is told; in memory if there is none
     * @param recording where Java Flight Recorder is to write what the process did, if anywhere
     */
    public static EmbeddedServer start(Optional<Path> journal, Optional<Path> recording)
            throws IOException {
        List<String> flags = new ArrayList<>(List.of("-Xmx" + HEAP, "-XX:+UseG1GC"));
        recording.ifPresent(
                file -> {
                    flags.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
                    flags.add("-Xlog:jfr*=off");
                });
        return new EmbeddedServer(
                OtherJvm.start(
                        flags,
                        ServerProgram.class,
                        journal.map(Path::toString).map(List::of).orElse(List.of())));
    }

    long ask(Question question) throws IOException {
        questions.println(question);
        return Long.parseLong(line());
    }

    @Override
    public long unacknowledged() throws IOException {
        return ask(Question.BACKLOG);
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("pubsub-embedded's process ended; it said why above");
        }
        return line;
    }

    @Override
    public String name() {
        return "pubsub-embedded";
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public double startMillis() {
        return startMillis;
    }

    @Override
    public void close() {
        questions.close();
        process.onExit().join();
    }
}
