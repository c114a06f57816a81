package io.farandole.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was put into the lists that users are served from. */
public sealed interface RecommendationEvent extends Event {

    UserId user();

    /**
     * A user's list was rewritten.
     *
     * @param version the list's version, one more at each rewriting
     * @param top the first items of the list, best first
     * @param release the release that the list belongs to; absent before there were releases
     */
    record ListRefreshed(UserId user, int version, List<ItemId> top, @Nullable String release)
            implements RecommendationEvent {
        public ListRefreshed {
            Facts.version(version);
            Facts.identifier("release", release);
            top = List.copyOf(top);
        }
    }
}
