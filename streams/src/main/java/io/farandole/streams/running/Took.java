package io.farandole.streams.running;

import java.time.Duration;
import java.util.List;

/**
 * How long the parts of a batch's course took.
 *
 * @param receiving from the arrival of its first message in the client to taking it
 * @param processing from taking it to its commit, pauses included
 * @param settling from the commit until the client has every acknowledgement; it sends them within
 *     a tenth of a second
 */
record Took(Duration receiving, Duration processing, Duration settling) {

    /** By {@link System#nanoTime()}. */
    static Took of(List<Held> batch, long began, long committed, long settled) {
        long first = batch.stream().mapToLong(Held::arrived).min().orElse(began);
        return new Took(
                Duration.ofNanos(Math.max(0, began - first)),
                Duration.ofNanos(committed - began),
                Duration.ofNanos(settled - committed));
    }
}
