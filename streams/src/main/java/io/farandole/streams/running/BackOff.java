package io.farandole.streams.running;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** Pauses that double from one failure to the next, up to a cap, with some jitter. */
final class BackOff {

    private static final double DOUBLING = 2;
    private static final double JITTER = 0.2;

    private final ExponentialBackOff shape;
    private BackOffExecution execution;

    BackOff(Duration first, Duration cap) {
        shape = new ExponentialBackOff(first.toMillis(), DOUBLING);
        shape.setMaxInterval(cap.toMillis());
        shape.setJitter(Math.round(first.toMillis() * JITTER));
        execution = shape.start();
    }

    synchronized Duration next() {
        return Duration.ofMillis(execution.nextBackOff());
    }

    /** What failed works again. */
    synchronized void reset() {
        execution = shape.start();
    }
}
