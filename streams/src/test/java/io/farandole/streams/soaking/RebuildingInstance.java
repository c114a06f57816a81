package io.farandole.streams.soaking;

import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import io.farandole.streams.running.ReplayMeans;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import java.io.IOException;

/** An instance in a process of its own that can rebuild, from an archive that others share. */
final class RebuildingInstance {

    private RebuildingInstance() {}

    static Process start(Installation installation) throws IOException {
        return ChildInstance.start(installation, RebuildingInstance.class);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring = ChildInstance.wiring(arguments);
        Streams streams =
                wiring.streams(
                        StreamsSettings.defaults(),
                        new ReplayMeans(
                                new SharedArchive(wiring.database()), wiring.subscriptions()),
                        Tally.processor());
        streams.start();
        Thread.currentThread().join();
    }
}
