package io.farandole.gateway.playlists;

import io.farandole.gateway.explaining.Explanation;
import io.farandole.gateway.offers.OfferFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown, in order.
 *
 * @param origin what the order comes from
 * @param release that the list was read from; absent when there was none
 * @param model what the list was made by; absent in lists by taste, and where there is none
 * @param version of the list within its release
 * @param canary the release that is tried meanwhile, be the list of it or not
 * @param choice what it was chosen from
 * @param explanation where it was asked for
 */
public record Playlist(
        List<OfferFacts> offers,
        Origin origin,
        @Nullable String release,
        @Nullable String model,
        @Nullable Integer version,
        @Nullable String canary,
        Choice choice,
        @Nullable Explanation explanation) {

    /** What the order comes from. */
    public enum Origin {
        /** The user's own list, by the release that is served; what is popular behind it. */
        OWN_LIST,
        /** What the user named at the start, and what is popular. */
        COLD_START,
        /** What the release knows to be similar; what is popular of its kinds behind it. */
        SIMILAR,
        /** What everyone likes. */
        POPULAR,
        /** What is liked more than before; what is popular behind it. */
        TRENDING
    }

    static Playlist none(Origin origin) {
        return new Playlist(List.of(), origin, null, null, null, null, Choice.NONE, null);
    }

    /** The same, with these. */
    Playlist with(List<OfferFacts> shown) {
        return new Playlist(shown, origin, release, model, version, canary, choice, explanation);
    }

    /** The same, chosen so. */
    Playlist with(Choice chosen) {
        return new Playlist(offers, origin, release, model, version, canary, chosen, explanation);
    }

    Playlist explained(Explanation how) {
        return new Playlist(offers, origin, release, model, version, canary, choice, how);
    }
}
