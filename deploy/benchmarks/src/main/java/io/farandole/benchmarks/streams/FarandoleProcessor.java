package io.farandole.benchmarks.streams;

import io.farandole.benchmarks.counting.CountingProgram;
import io.farandole.benchmarks.streams.Connections.Place;
import io.farandole.streams.running.Streams;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The processor alone in its JVM, to be killed. */
final class FarandoleProcessor {

    private FarandoleProcessor() {}

    /**
     * The password is the first line of the input, with whose end it ends.
     *
     * @param arguments JDBC URL, user, Pub/Sub's endpoint, project, whether there are outputs, and
     *     the setting
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = input.readLine();
        if (password == null) {
            throw new IllegalArgumentException("The password is missing: it is the first line");
        }
        Place place = new Place(arguments[0], arguments[1], password, arguments[2], arguments[3]);
        try (Connections connections = new Connections(place)) {
            Streams streams =
                    connections.streams(
                            Boolean.parseBoolean(arguments[4]),
                            CountingSettings.parse(arguments[5]));
            streams.start();
            CountingProgram.awaitEndOfInput();
            streams.stop();
        }
    }
}
