package io.farandole.streams.soaking;

import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;

/** An instance in a process of its own, which stops as services do: drained, on SIGTERM. */
final class FleetInstance {

    /** The database or the broker was away when it started; whoever runs services tries again. */
    static final int NOT_STARTED = 75;

    private FleetInstance() {}

    /**
     * @param arguments JDBC URL, user, Pub/Sub endpoint; the password is in the environment
     */
    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring =
                new Wiring(
                        arguments[0],
                        arguments[1],
                        System.getenv("INSTANCE_PASSWORD"),
                        arguments[2]);
        Streams streams = wiring.streams(StreamsSettings.defaults(), Tally.processor());
        try {
            streams.start();
        } catch (RuntimeException e) {
            Runtime.getRuntime().halt(NOT_STARTED);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(streams::stop));
        Thread.currentThread().join();
    }
}
