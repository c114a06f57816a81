package io.farandole.gateway.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** How often each key is let in, in this instance: so many calls a second. */
final class Rates {

    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final int MOST_AT_HAND = 10_000;

    private final LoadingCache<String, RateLimiter> limiters;

    Rates(int perSecond) {
        RateLimiterConfig config =
                RateLimiterConfig.custom()
                        .limitForPeriod(perSecond)
                        .limitRefreshPeriod(PERIOD)
                        // A call is refused, never kept waiting.
                        .timeoutDuration(Duration.ZERO)
                        .build();
        this.limiters =
                Caffeine.newBuilder()
                        .maximumSize(MOST_AT_HAND)
                        .expireAfterAccess(Duration.ofMinutes(5))
                        .build(key -> RateLimiter.of(key, config));
    }

    /** Whether it would not be let in any more now. */
    boolean areSpent(String key) {
        return limiters.get(key).getMetrics().getAvailablePermissions() <= 0;
    }

    boolean allows(String key) {
        return limiters.get(key).acquirePermission();
    }
}
