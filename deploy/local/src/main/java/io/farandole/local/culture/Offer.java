package io.farandole.local.culture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One way to have a work.
 *
 * @param venue absent where it is digital, as the place
 * @param stock absent when unlimited
 */
record Offer(
        String id,
        int priceCents,
        @Nullable String venue,
        @Nullable Place place,
        @Nullable Integer stock,
        @Nullable Instant startsAt,
        @Nullable Instant bookableUntil,
        boolean duo) {}
