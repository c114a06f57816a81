package io.farandole.streams.crashing;

import io.farandole.streams.crashing.CrashingDatabase.Crash;
import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;

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
        return ChildInstance.start(
                installation,
                CrashingInstance.class,
                point.name(),
                Integer.toString(passage),
                sabotage.name());
    }

    /**
     * @param arguments of its own: crash point, passage, sabotage
     */
    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring = ChildInstance.wiring(arguments);
        int own = ChildInstance.OWN_ARGUMENTS;
        CrashingDatabase database =
                CrashingDatabase.at(
                                CrashPoint.valueOf(arguments[own]),
                                wiring.database(),
                                Integer.parseInt(arguments[own + 1]),
                                1,
                                Crash::halt)
                        .disarmed();
        Sabotage sabotage = Sabotage.valueOf(arguments[own + 2]);
        wiring.streams(
                        database.dataSource(),
                        sabotage.of(wiring.subscribers()),
                        StreamsSettings.defaults(),
                        Tally.processor())
                .start();
        database.arm();
        Thread.currentThread().join();
    }
}
