package io.farandole.gateway.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of what was granted: what is spent is taken from the grant that ends first. */
public final class Credit {

    private static final Comparator<Grant> SOONEST_END =
            Comparator.comparing(
                    grant -> grant.expires, Comparator.nullsLast(Comparator.naturalOrder()));

    private Credit() {}

    /**
     * Credit that came or went.
     *
     * @param cents more than 0 when granted, less when spent
     * @param expires from when a grant is gone; absent when never
     */
    public record Movement(Instant at, int cents, @Nullable Instant expires) {}

    private static final class Grant {

        private final @Nullable Instant expires;
        private long left;

        Grant(long cents, @Nullable Instant expires) {
            this.left = cents;
            this.expires = expires;
        }

        boolean isLive(Instant now) {
            return expires == null || now.isBefore(expires);
        }
    }

    /** In cents, never less than 0. */
    public static long left(List<Movement> movements, Instant now) {
        List<Grant> grants = new ArrayList<>();
        long overdrawn = 0;
        for (Movement movement :
                movements.stream().sorted(Comparator.comparing(Movement::at)).toList()) {
            if (movement.cents() >= 0) {
                grants.add(new Grant(movement.cents(), movement.expires()));
                grants.sort(SOONEST_END);
            } else {
                overdrawn += spend(grants, -(long) movement.cents(), movement.at());
            }
        }
        long live = grants.stream().filter(g -> g.isLive(now)).mapToLong(g -> g.left).sum();
        return Math.max(0, live - overdrawn);
    }

    /** When the next of the grants is over; null if none will be. */
    public static @Nullable Instant until(List<Movement> movements, Instant now) {
        return movements.stream()
                .map(Movement::expires)
                .filter(end -> end != null && end.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What no grant covered. */
    private static long spend(List<Grant> grants, long cents, Instant at) {
        long open = cents;
        for (Grant grant : grants) {
            if (grant.isLive(at)) {
                long taken = Math.min(open, grant.left);
                grant.left -= taken;
                open -= taken;
            }
        }
        return open;
    }
}
