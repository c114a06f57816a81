package io.farandole.benchmarks.pubsub;

import io.farandole.benchmarks.process.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A gRPC server that keeps nothing, in a JVM of its own: what no server can be quicker than. */
final class BareServer implements Server {

    private final Process process;
    private final String endpoint;

    private BareServer(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static BareServer start() throws IOException {
        Process process =
                OtherJvm.start(
                        List.of("-Xmx" + EmbeddedServer.HEAP, "-XX:+UseG1GC"),
                        BareProgram.class,
                        List.of());
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        String endpoint = answers.readLine();
        if (endpoint == null) {
            throw new IOException("the server that keeps nothing ended; it said why above");
        }
        return new BareServer(process, endpoint);
    }

    @Override
    public String name() {
        return "a server that keeps nothing";
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Process process() {
        return process;
    }

    /** Nobody asks: it is there to be compared with while it runs. */
    @Override
    public double startMillis() {
        throw new UnsupportedOperationException("its start is not measured");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
