package io.farandole.benchmarks.producer;

import io.farandole.benchmarks.process.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The other team's process. */
public final class Producer implements AutoCloseable {

    private final Process process;
    private final PrintWriter lines;
    private final Map<String, CompletableFuture<Instant>> sent = new ConcurrentHashMap<>();

    /**
     * @param address of the Pub/Sub server
     */
    public Producer(String address) throws IOException {
        process =
                OtherJvm.start(List.of("-XX:+UseSerialGC"), PlainProducer.class, List.of(address));
        lines = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    /** Has it publish at once that a user gives an offer five stars. */
    public void rate(String id, String user, String offer) {
        lines.println(id + " " + user + " " + offer);
    }

    /** Completed with the moment before it published that. */
    public CompletableFuture<Instant> sentAt(String id) {
        return sent.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void listen() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                sentAt(words[0]).complete(Instant.parse(words[1]));
            }
        } catch (IOException _) {
            // It ended: what is missing is noticed by who waits for it.
        }
    }

    /** All that it published was acknowledged then. */
    @Override
    public void close() {
        lines.close();
        process.onExit().join();
    }
}
