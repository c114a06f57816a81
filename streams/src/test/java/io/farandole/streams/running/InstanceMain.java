package io.farandole.streams.running;

import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.Wiring;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An instance in a process of its own, which halts after a while as if it were killed. */
final class InstanceMain {

    private InstanceMain() {}

    /**
     * @param arguments JDBC URL, user, Pub/Sub endpoint, milliseconds to live; the password is in
     *     the environment
     */
    public static void main(String[] arguments) throws InterruptedException {
        Wiring wiring =
                new Wiring(
                        arguments[0],
                        arguments[1],
                        System.getenv("INSTANCE_PASSWORD"),
                        arguments[2]);
        wiring.streams(StreamsSettings.defaults(), Tally.processor()).start();
        Duration life = Duration.ofMillis(Long.parseLong(arguments[3]));
        boolean _ = new CountDownLatch(1).await(life.toMillis(), TimeUnit.MILLISECONDS);
        Runtime.getRuntime().halt(137);
    }
}
