package io.farandole.gateway.zones;

import io.farandole.gateway.offers.Position;
import org.jspecify.annotations.Nullable;

/** A zone, to ask it about places. */
public final class Zone {

    private final String id;
    private final Zones all;

    Zone(String id, Zones all) {
        this.id = id;
        this.all = all;
    }

    /** Whether a place is in it, or on its border; of which it is not known where, is not. */
    public boolean contains(@Nullable Position place) {
        return place != null && all.of(place).contains(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
