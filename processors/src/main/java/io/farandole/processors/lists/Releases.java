package io.farandole.processors.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The releases in which each user has a list now: the one that is served, the one that is tried,
 * and those loading.
 *
 * @param canary the one that is tried, if there is one
 */
public record Releases(List<Release> all, @Nullable Canary canary) {

    /** None of which is tried. */
    public Releases(List<Release> all) {
        this(all, null);
    }

    /** Whether this user is served this release. */
    public boolean serve(String user, Release release) {
        if (canary != null && canary.isTriedOn(user)) {
            return release.name().equals(canary.release());
        }
        return release.isLive();
    }
}
