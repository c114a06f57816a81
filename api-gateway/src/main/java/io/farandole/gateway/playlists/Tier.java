package io.farandole.gateway.playlists;

import io.farandole.gateway.offers.Assortment;
import java.util.List;

/** Items of one source, best first. */
record Tier(String source, List<String> items) {

    static Tier popular(Assortment assortment) {
        return new Tier("popular", assortment.items());
    }
}
