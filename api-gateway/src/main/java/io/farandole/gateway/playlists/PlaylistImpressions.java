package io.farandole.gateway.playlists;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ImpressionEvent.SimilarOffersServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes of a playlist what is told of it. */
final class PlaylistImpressions {

    private PlaylistImpressions() {}

    static PlaylistServed served(UserId user, Playlist list, Call call) {
        Choice choice = list.choice();
        return new PlaylistServed(
                user,
                items(list),
                call.id(),
                list.origin().name().toLowerCase(Locale.ROOT),
                list.release(),
                list.model(),
                list.version(),
                offers(list),
                scores(list),
                choice.propensities(),
                choice.from(),
                candidates(list),
                scenario(choice),
                choice.context(),
                list.canary());
    }

    static SimilarOffersServed served(OfferId offer, String item, Playlist list, Call call) {
        Choice choice = list.choice();
        return new SimilarOffersServed(
                offer,
                new ItemId(item),
                items(list),
                call.id(),
                list.release(),
                list.model(),
                offers(list),
                scores(list),
                choice.propensities(),
                candidates(list),
                scenario(choice),
                choice.context());
    }

    /** What a scenario pins or tries was not among those that there were to choose from. */
    private static int candidates(Playlist list) {
        return Math.max(list.choice().candidates(), list.offers().size());
    }

    private static @Nullable String scenario(Choice choice) {
        Applied applied = choice.applied();
        return applied == null ? null : applied.scenario();
    }

    /** What a request names, by name alone: where somebody is, is nobody's business later. */
    static List<String> context(Wish wish) {
        List<String> names = new ArrayList<>();
        add(names, "price", wish.price().min() != null || wish.price().max() != null);
        add(names, "categories", !wish.kinds().categories().isEmpty());
        add(names, "subcategories", !wish.kinds().subcategories().isEmpty());
        add(names, "search-groups", !wish.kinds().searchGroups().isEmpty());
        add(names, "dates", wish.dates().after() != null || wish.dates().before() != null);
        add(names, "digital", wish.digital() != null);
        add(names, "duo", wish.duo() != null);
        add(names, "near", wish.where().near() != null);
        add(names, "radius", wish.where().radiusMetres() != null);
        add(names, "zone", wish.where().zone() != null);
        add(names, "mixed", wish.order().mixedBy() != null);
        add(names, "shuffled", wish.order().shuffled());
        add(names, "by-distance", wish.order().byDistance());
        return List.copyOf(names);
    }

    private static void add(List<String> names, String name, boolean isNamed) {
        if (isNamed) {
            names.add(name);
        }
    }

    private static List<ItemId> items(Playlist list) {
        return list.offers().stream().map(offer -> new ItemId(offer.item())).toList();
    }

    private static List<OfferId> offers(Playlist list) {
        return list.offers().stream().map(offer -> new OfferId(offer.offer())).toList();
    }

    /** None, unless each has one. */
    private static List<Double> scores(Playlist list) {
        Map<String, Double> byItem = list.choice().scores().get();
        List<Double> known =
                list.offers().stream()
                        .map(offer -> byItem.get(offer.item()))
                        .filter(Objects::nonNull)
                        .toList();
        return known.size() == list.offers().size() ? known : List.of();
    }
}
