package io.farandole.streams.soaking;

import io.farandole.streams.Processor;
import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** An instance in a process of its own, which stops as services do: drained, on SIGTERM. */
final class FleetInstance {

    /** The database or the broker was away when it started; whoever runs services tries again. */
    static final int NOT_STARTED = 75;

    /** Its stores are not those that the database holds; trying again is of no use. */
    static final int REFUSED = 78;

    /** Printed when it has drained. */
    static final String STOPPED = "Drained and stopped";

    private static final String REFUSAL = "does not go with generation";

    private FleetInstance() {}

    static Process start(Installation installation, Version version, Path log) throws IOException {
        return ChildInstance.start(
                installation, Redirect.to(log.toFile()), FleetInstance.class, version.name());
    }

    /**
     * @param arguments of its own: its version
     */
    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring = ChildInstance.wiring(arguments);
        Version version = Version.valueOf(arguments[ChildInstance.OWN_ARGUMENTS]);
        Streams streams =
                wiring.streams(
                        StreamsSettings.defaults(), version.processors().toArray(Processor[]::new));
        try {
            streams.start();
        } catch (RuntimeException e) {
            System.out.println("Could not start: " + e);
            String reason = String.valueOf(e.getMessage());
            Runtime.getRuntime().halt(reason.contains(REFUSAL) ? REFUSED : NOT_STARTED);
        }
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    streams.stop();
                                    System.out.println(STOPPED);
                                }));
        Thread.currentThread().join();
    }
}
