package io.farandole.benchmarks.api.serving;

import io.farandole.benchmarks.process.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The API's process. */
public final class Gateway implements AutoCloseable {

    private final Asked program;
    private final int port;

    private Gateway(Asked program, int port) {
        this.program = program;
        this.port = port;
    }

    /** Returns when it is warm. */
    static Gateway start(List<String> flags, Map<String, Object> settings) throws IOException {
        Asked program =
                Asked.start(
                        flags,
                        GatewayProgram.class,
                        Settings.line(Map.of(GatewayProgram.SERVICE, settings)));
        return new Gateway(program, Integer.parseInt(program.line()));
    }

    public int port() {
        return port;
    }

    /** The bytes of heap in use after a collection. */
    public long heap() throws IOException {
        return Long.parseLong(program.ask("heap"));
    }

    /** What a meter shows: all of that name together. */
    public double meter(String name) throws IOException {
        return Double.parseDouble(program.ask("meter " + name));
    }

    /** Has Java Flight Recorder write what it does until {@link #recorded()}. */
    public void record(Path file) throws IOException {
        program.ask("record " + file);
    }

    public void recorded() throws IOException {
        program.ask("recorded");
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
