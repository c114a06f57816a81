package io.farandole.streams.running;

import io.farandole.streams.installation.ChildInstance;
import io.farandole.streams.installation.Tally;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An instance in a process of its own, which halts after a while as if it were killed. */
final class InstanceMain {

    private InstanceMain() {}

    /** Lives so many milliseconds. */
    public static void main(String[] arguments) throws InterruptedException {
        ChildInstance.wiring(arguments)
                .streams(StreamsSettings.defaults(), Tally.processor())
                .start();
        long life = Long.parseLong(arguments[ChildInstance.OWN_ARGUMENTS]);
        boolean _ = new CountDownLatch(1).await(life, TimeUnit.MILLISECONDS);
        Runtime.getRuntime().halt(137);
    }
}
