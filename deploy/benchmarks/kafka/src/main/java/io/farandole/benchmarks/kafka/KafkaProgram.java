package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.CountingProgram;
import java.nio.file.Path;

/** Kafka alone in its JVM: broker, processor, their reader and their publisher. */
final class KafkaProgram {

    private KafkaProgram() {}

    /**
     * @param arguments the directory for the log and local state
     */
    public static void main(String[] arguments) throws Exception {
        CountingProgram.run(() -> new KafkaCounting(Path.of(arguments[0])));
    }
}
