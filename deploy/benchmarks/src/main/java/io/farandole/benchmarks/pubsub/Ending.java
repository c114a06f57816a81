package io.farandole.benchmarks.pubsub;

import com.google.cloud.pubsub.v1.Subscriber;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a subscriber; its last acknowledgements are then sent. */
final class Ending {

    private Ending() {}

    static void stop(Subscriber subscriber) {
        subscriber.stopAsync();
        try {
            subscriber.awaitTerminated(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Google's subscriber did not end", e);
        }
    }
}
