package io.farandole.events;

import java.util.List;

/** What was put into the lists that users are served from. */
public sealed interface RecommendationEvent extends Event {

    UserId user();

    /**
     * A user's list was rewritten.
     *
     * @param version the list's version, one more at each rewriting
     * @param top the first items of the list, best first
     */
    record ListRefreshed(UserId user, int version, List<ItemId> top)
            implements RecommendationEvent {
        public ListRefreshed {
            Facts.version(version);
            top = List.copyOf(top);
        }
    }
}
