package io.farandole.streams.crashing;

import io.farandole.postgres.DurablePostgres;
import io.farandole.streams.crashing.CrashingDatabase.Crash;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** An instance in a process of its own, which halts at a point as if it were killed there. */
final class CrashingInstance {

    private CrashingInstance() {}

    /**
     * @param passage at which passage of the point it halts
     */
    static Process start(Installation installation, CrashPoint point, int passage)
            throws IOException {
        return start(installation, point, passage, Sabotage.NONE);
    }

    static Process start(
            Installation installation, CrashPoint point, int passage, Sabotage sabotage)
            throws IOException {
        DurablePostgres postgres = installation.postgres();
        ProcessBuilder java =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                // It does not live long: no time is spent on making it fast.
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingInstance.class.getName(),
                                postgres.jdbcUrl(),
                                postgres.owner().user(),
                                installation.pubSub().endpoint(),
                                point.name(),
                                Integer.toString(passage),
                                sabotage.name()));
        java.environment().put("INSTANCE_PASSWORD", postgres.owner().password());
        return java.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
    }

    /**
     * @param arguments JDBC URL, user, Pub/Sub endpoint, crash point, passage, sabotage; the
     *     password is in the environment
     */
    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring =
                new Wiring(
                        arguments[0],
                        arguments[1],
                        System.getenv("INSTANCE_PASSWORD"),
                        arguments[2]);
        CrashingDatabase database =
                CrashingDatabase.at(
                        CrashPoint.valueOf(arguments[3]),
                        wiring.database(),
                        Integer.parseInt(arguments[4]),
                        1,
                        Crash::halt);
        Sabotage sabotage = Sabotage.valueOf(arguments[5]);
        wiring.streams(
                        database.dataSource(),
                        sabotage.of(wiring.subscribers()),
                        StreamsSettings.defaults(),
                        Tally.processor())
                .start();
        Thread.currentThread().join();
    }
}
