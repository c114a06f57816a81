package io.farandole.benchmarks.api.load;

import io.farandole.benchmarks.process.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The process that asks. */
public final class Load implements AutoCloseable {

    // As little as can be: it shares the processors with what is measured.
    private static final List<String> FLAGS = List.of("-Xmx512m", "-Xmn256m", "-XX:+UseSerialGC");

    private final Asked program;

    private Load(Asked program) {
        this.program = program;
    }

    /**
     * @param users are called 1 to this
     */
    public static Load start(int port, int users) throws IOException {
        Asked program =
                Asked.start(FLAGS, LoadProgram.class, new LoadProgram.Place(port, users).line());
        program.line();
        return new Load(program);
    }

    /** Each connection asks again as soon as it is answered. */
    public Measured closed(Kind kind, int connections, Duration time) throws IOException {
        return Measured.parse(
                program.ask("closed %s %d %d".formatted(word(kind), connections, time.toMillis())));
    }

    /** Asks at a steady rate. */
    public Measured open(Kind kind, int connections, Duration time, int perSecond)
            throws IOException {
        return Measured.parse(
                program.ask(
                        "open %s %d %d %d"
                                .formatted(word(kind), connections, time.toMillis(), perSecond)));
    }

    /** Opens so many streams, which stay; how many failed. */
    public int streams(int count) throws IOException {
        return Integer.parseInt(program.ask("streams " + count));
    }

    /** Closes them. */
    public void hangUp() throws IOException {
        program.ask("hang-up");
    }

    /** The processor time that it has spent. */
    public Duration spent() {
        return program.spent();
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        program.close();
    }
}
