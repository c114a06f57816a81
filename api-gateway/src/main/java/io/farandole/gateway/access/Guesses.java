package io.farandole.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often an address may name keys that were not known before: each costs a look into Postgres,
 * and whoever guesses names many. Keys that were known once are not held up by those who guess.
 */
final class Guesses {

    private static final int MOST_KNOWN = 10_000;

    private final Rates rates;
    private final Cache<String, Boolean> known =
            Caffeine.newBuilder()
                    .maximumSize(MOST_KNOWN)
                    .expireAfterAccess(Duration.ofHours(1))
                    .build();

    Guesses(int perSecond) {
        this.rates = new Rates(perSecond);
    }

    /** Whether this key may be looked up for this address now. */
    boolean allows(@Nullable InetSocketAddress remote, String key) {
        return known.getIfPresent(key) != null
                // Of whom no address is known, all share one.
                || rates.allows(address(remote));
    }

    static String address(@Nullable InetSocketAddress remote) {
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }

    /** There is such a key. */
    void known(String key) {
        known.put(key, true);
    }
}
