package io.farandole.gateway.zones;

import io.farandole.gateway.offers.Area;
import io.farandole.gateway.offers.Position;
import org.jspecify.annotations.Nullable;

/** A zone, to ask it about places. */
public final class Zone implements Area {

    private final String id;
    private final Zones all;

    Zone(String id, Zones all) {
        this.id = id;
        this.all = all;
    }

    /** Also on its border. */
    @Override
    public boolean contains(@Nullable Position place) {
        return place != null && all.of(place).contains(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
