package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.CountingProgram;
import java.nio.file.Path;

/** Ours, alone in its JVM: broker, processor, their reader and their publisher. */
final class FarandoleProgram {

    private FarandoleProgram() {}

    /**
     * @param arguments the directory for the journal
     */
    public static void main(String[] arguments) throws Exception {
        CountingProgram.run(() -> new FarandoleCounting(Path.of(arguments[0])));
    }
}
