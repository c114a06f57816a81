package io.farandole.benchmarks.kafka;

import io.farandole.benchmarks.counting.CountingProgram;
import java.nio.file.Path;
import org.apache.kafka.streams.KafkaStreams;

/** The processor alone in its JVM, to be killed. */
final class KafkaProcessor {

    private KafkaProcessor() {}

    /**
     * Ends with its input.
     *
     * @param arguments the broker's address, course, directory for local state, whether there are
     *     outputs, and the setting
     */
    public static void main(String[] arguments) throws Exception {
        try (KafkaStreams streams =
                HourlyTopology.streams(
                        arguments[0],
                        Topics.application(arguments[1]),
                        arguments[1],
                        Path.of(arguments[2]),
                        Boolean.parseBoolean(arguments[3]),
                        KafkaSettings.parse(arguments[4]))) {
            streams.start();
            CountingProgram.awaitEndOfInput();
        }
    }
}
