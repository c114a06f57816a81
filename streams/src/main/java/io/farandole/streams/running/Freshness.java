package io.farandole.streams.running;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is received is new: Pub/Sub tells no reader how far behind it is. It is not behind
 * when all that it applied last was published just now, or when nothing has come for a while.
 */
final class Freshness {

    private static final Duration JUST_NOW = Duration.ofSeconds(3);
    private static final Duration WHILE = Duration.ofSeconds(3);

    private final Clock clock;
    private @Nullable Instant applied;
    private @Nullable Instant published;

    Freshness(Clock clock) {
        this.clock = clock;
    }

    synchronized void applied(List<Held> batch) {
        applied = clock.instant();
        published =
                batch.stream()
                        .map(held -> held.delivery().publishTime())
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    /**
     * @param state of the subscription
     * @param waiting what was received and not applied yet
     */
    synchronized boolean isCaughtUp(SubscriptionState state, int waiting) {
        if (!(state instanceof SubscriptionState.Running running)) {
            return false;
        }
        Instant now = clock.instant();
        Instant last = applied;
        Instant oldest = published;
        boolean quiet =
                waiting == 0
                        && running.since().isBefore(now.minus(WHILE))
                        && (last == null || last.isBefore(now.minus(WHILE)));
        return quiet || (oldest != null && oldest.isAfter(now.minus(JUST_NOW)));
    }
}
