package io.farandole.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an offer; what nobody said is null.
 *
 * @param active neither withdrawn nor refused by moderation
 * @param stock units left; null when unlimited
 * @param position where it is to be had
 */
public record KnownOffer(
        String offer,
        String item,
        String title,
        boolean active,
        List<String> categories,
        @Nullable String subcategory,
        @Nullable String searchGroup,
        int priceCents,
        @Nullable Integer minimumAge,
        boolean digital,
        boolean duo,
        @Nullable Integer stock,
        @Nullable Instant bookableUntil,
        @Nullable Instant startsAt,
        @Nullable Instant listedAt,
        @Nullable Position position) {

    /** A place on earth, in degrees (WGS 84). */
    public record Position(double latitude, double longitude) {}
}
