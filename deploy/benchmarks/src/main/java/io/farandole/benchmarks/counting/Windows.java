package io.farandole.benchmarks.counting;

import java.time.Duration;
import java.time.Instant;

/** Tumbling windows of an hour, named as all systems name them here. */
public final class Windows {

    public static final Duration SIZE = Duration.ofHours(1);

    private Windows() {}

    public static String counted(String key, Instant time) {
        long second = time.getEpochSecond();
        return key + "@" + (second - Math.floorMod(second, SIZE.toSeconds()));
    }
}
