package io.farandole.processors.catalogue;

import io.farandole.streams.Told;
import org.jspecify.annotations.Nullable;

/** When an offer was last listed under an item, and when it was last withdrawn from it. */
record Listing(String offer, @Nullable Told listed, @Nullable Told withdrawn) {

    static Listing none(String offer) {
        return new Listing(offer, null, null);
    }

    Listing listedBy(Told told) {
        return new Listing(offer, told.or(listed), withdrawn);
    }

    Listing withdrawnBy(Told told) {
        return new Listing(offer, listed, told.or(withdrawn));
    }

    boolean isLive() {
        return listed != null && (withdrawn == null || listed.compareTo(withdrawn) >= 0);
    }
}
