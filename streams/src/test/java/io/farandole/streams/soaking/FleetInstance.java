package io.farandole.streams.soaking;

import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;

/** An instance in a process of its own, which stops as services do: drained, on SIGTERM. */
final class FleetInstance {

    /** The database or the broker was away when it started; whoever runs services tries again. */
    static final int NOT_STARTED = 75;

    private FleetInstance() {}

    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring = ChildInstance.wiring(arguments);
        Streams streams = wiring.streams(StreamsSettings.defaults(), Tally.processor());
        try {
            streams.start();
        } catch (RuntimeException e) {
            System.out.println("Could not start: " + e);
            Runtime.getRuntime().halt(NOT_STARTED);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(streams::stop));
        Thread.currentThread().join();
    }
}
