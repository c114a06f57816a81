package io.farandole.gateway.impressions;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the impressions that nobody will ever read of, and says so now and then. */
final class Lost {

    static final String COUNTER = "farandole.api.impressions.lost";

    private static final Logger log = LoggerFactory.getLogger(Lost.class);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    /** Why an impression was lost. */
    enum Reason {
        /** So many wait for the broker and the outbox already that this one was not kept. */
        FULL,
        /** It cannot be written, or the broker will never take it, or there is no outbox. */
        REFUSED,
        /** The service ended before the broker or the outbox had it. */
        ENDED
    }

    private final MeterRegistry meters;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Lost(MeterRegistry meters) {
        this.meters = meters;
        for (Reason reason : Reason.values()) {
            counted(0, reason);
        }
    }

    /** Another one, or several. */
    void count(int impressions, Reason reason, @Nullable Throwable cause) {
        counted(impressions, reason);
        untold.addAndGet(impressions);
        long now = System.nanoTime();
        long until = quietUntil.get();
        boolean mayTell = now - until >= 0 || reason == Reason.ENDED;
        if (mayTell && quietUntil.compareAndSet(until, now + BETWEEN_WORDS.toNanos())) {
            log.warn(
                    "{} impressions lost since this was last said; now: {}{}",
                    untold.getAndSet(0),
                    reason,
                    cause == null ? "" : ", " + cause);
        }
    }

    private void counted(int impressions, Reason reason) {
        meters.counter(COUNTER, "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment(impressions);
    }
}
