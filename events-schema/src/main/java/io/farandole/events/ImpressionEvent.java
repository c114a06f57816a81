package io.farandole.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was shown to whom, as far as the API knows: what it answered. */
public sealed interface ImpressionEvent extends Event {

    /** The call that was answered. */
    String call();

    /**
     * A user was answered with a list.
     *
     * @param items best first
     * @param origin what the answer came from: {@code model}, {@code taste}, {@code popular}
     * @param listVersion the version of the user's list, if it was that
     */
    record PlaylistServed(
            UserId user,
            List<ItemId> items,
            String call,
            String origin,
            @Nullable String release,
            @Nullable String model,
            @Nullable Integer listVersion)
            implements ImpressionEvent {
        public PlaylistServed {
            items = List.copyOf(items);
            Facts.identifier("call", call);
            Facts.identifier("origin", origin);
            Facts.identifier("release", release);
            Facts.identifier("model", model);
        }
    }

    /** Someone was answered with what is similar to an offer, best first. */
    record SimilarOffersServed(
            OfferId offer,
            ItemId item,
            List<ItemId> items,
            String call,
            @Nullable String release,
            @Nullable String model)
            implements ImpressionEvent {
        public SimilarOffersServed {
            items = List.copyOf(items);
            Facts.identifier("call", call);
            Facts.identifier("release", release);
            Facts.identifier("model", model);
        }
    }
}
