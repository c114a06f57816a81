package io.farandole.benchmarks.api.serving;

import io.farandole.benchmarks.process.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The process of broker, orchestrator and processors. */
public final class Platform implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Asked program;
    private final String broker;

    private Platform(Asked program, String broker) {
        this.program = program;
        this.broker = broker;
    }

    /** Returns when all of it runs. */
    static Platform start(List<String> flags, Map<String, Map<String, Object>> settings)
            throws IOException {
        Asked program = Asked.start(flags, PlatformProgram.class, Settings.line(settings));
        return new Platform(program, program.line());
    }

    /** Where the broker listens. */
    public String broker() {
        return broker;
    }

    /** How many messages processors have not acknowledged yet, over all their subscriptions. */
    public long backlog() throws IOException {
        return Long.parseLong(program.ask("backlog"));
    }

    /**
     * Waits until all that was said is heard.
     *
     * @return whether it was in time
     */
    public boolean awaitRest(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (backlog() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    /** Deletes a topic, by its whole name. */
    void delete(String topic) throws IOException {
        program.ask("delete " + topic);
    }

    /** The processor time that it has spent. */
    public Duration spent() {
        return program.spent();
    }

    @Override
    public void close() {
        program.close();
    }
}
