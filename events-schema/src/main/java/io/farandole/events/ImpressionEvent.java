package io.farandole.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was shown to whom, as far as the API knows: what it answered, and what one has to know to
 * learn from it.
 */
public sealed interface ImpressionEvent extends Event {

    /** The call that was answered. */
    String call();

    /**
     * A user was answered with a list.
     *
     * @param items best first
     * @param origin what the answer came from: {@code model}, {@code taste}, {@code popular}
     * @param listVersion the version of the user's list, if it was that
     * @param offers which of each item was shown, an entry an item; none if that is not known
     * @param scores by which they came in this order, an entry an item; none where none was kept
     * @param propensities how likely each item was to come in its place, an entry an item; none
     *     means that all were certain
     * @param position of the first item, from 1: that of a later page is not 1
     * @param candidates how many items might have been shown
     * @param scenario whose rules were applied
     * @param context the names of what was asked for, without its values
     * @param canary the release that was tried on some users then, be this one of them or not; none
     *     while none was. Only what was shown meanwhile says anything of it
     */
    record PlaylistServed(
            UserId user,
            List<ItemId> items,
            String call,
            String origin,
            @Nullable String release,
            @Nullable String model,
            @Nullable Integer listVersion,
            List<OfferId> offers,
            List<Double> scores,
            List<Double> propensities,
            @Nullable Integer position,
            @Nullable Integer candidates,
            @Nullable String scenario,
            List<String> context,
            @Nullable String canary)
            implements ImpressionEvent {
        public PlaylistServed {
            items = List.copyOf(items);
            Facts.identifier("call", call);
            Facts.identifier("origin", origin);
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            offers = Facts.oneEach("offers", offers, items);
            scores = Facts.oneEach("scores", scores, items);
            propensities = Facts.propensities(Facts.oneEach("propensities", propensities, items));
            Facts.position(position);
            Facts.candidates(candidates, items.size());
            Facts.identifier("scenario", scenario);
            context = Facts.identifiers("context", context);
            Facts.identifier("canary", canary);
        }

        /** Of which no more is known than what was shown. */
        public PlaylistServed(
                UserId user,
                List<ItemId> items,
                String call,
                String origin,
                @Nullable String release,
                @Nullable String model,
                @Nullable Integer listVersion) {
            this(
                    user,
                    items,
                    call,
                    origin,
                    release,
                    model,
                    listVersion,
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    List.of(),
                    null);
        }
    }

    /**
     * Someone was answered with what is similar to an offer, best first.
     *
     * @param offers which of each item was shown, an entry an item; none if that is not known
     * @param scores by which they came in this order, an entry an item; none where none was kept
     * @param propensities how likely each item was to come in its place, an entry an item; none
     *     means that all were certain
     * @param candidates how many items might have been shown
     * @param scenario whose rules were applied
     * @param context the names of what was asked for, without its values
     */
    record SimilarOffersServed(
            OfferId offer,
            ItemId item,
            List<ItemId> items,
            String call,
            @Nullable String release,
            @Nullable String model,
            List<OfferId> offers,
            List<Double> scores,
            List<Double> propensities,
            @Nullable Integer candidates,
            @Nullable String scenario,
            List<String> context)
            implements ImpressionEvent {
        public SimilarOffersServed {
            items = List.copyOf(items);
            Facts.identifier("call", call);
            Facts.identifier("release", release);
            Facts.identifier("model", model);
            offers = Facts.oneEach("offers", offers, items);
            scores = Facts.oneEach("scores", scores, items);
            propensities = Facts.propensities(Facts.oneEach("propensities", propensities, items));
            Facts.candidates(candidates, items.size());
            Facts.identifier("scenario", scenario);
            context = Facts.identifiers("context", context);
        }

        /** Of which no more is known than what was shown. */
        public SimilarOffersServed(
                OfferId offer,
                ItemId item,
                List<ItemId> items,
                String call,
                @Nullable String release,
                @Nullable String model) {
            this(
                    offer, item, items, call, release, model, List.of(), List.of(), List.of(), null,
                    null, List.of());
        }
    }
}
