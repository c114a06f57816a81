package io.farandole.gateway.recommendations;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Lasting;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.explaining.Explaining;
import io.farandole.gateway.explaining.Subject;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.playlists.Applied;
import io.farandole.gateway.playlists.ArrangingItems;
import io.farandole.gateway.playlists.ArrangingItems.Arranged;
import io.farandole.gateway.playlists.Askings;
import io.farandole.gateway.playlists.Showable;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.popular.PopularItems.Popular;
import io.farandole.gateway.recommendations.Recommendations.Params;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The chain that an answer comes from: the user's own list, then what is popular, then what of it
 * is still in memory, then nothing; and of each what rules let this user see.
 */
@Component
class Recommending {

    private final ReadingLists lists;
    private final PopularItems popular;
    private final Askings askings;
    private final Showable showable;
    private final ArrangingItems arranging;
    private final Explaining explaining;
    private final Offers offers;
    private final Impressions impressions;

    Recommending(
            ReadingLists lists,
            PopularItems popular,
            Askings askings,
            Showable showable,
            ArrangingItems arranging,
            Explaining explaining,
            Offers offers,
            Impressions impressions) {
        this.lists = lists;
        this.popular = popular;
        this.askings = askings;
        this.showable = showable;
        this.arranging = arranging;
        this.explaining = explaining;
        this.offers = offers;
        this.impressions = impressions;
    }

    Mono<Recommendations> to(UserId user, Wish wish, boolean explain, Call call) {
        return askings.of(user, wish, call)
                .flatMap(
                        asking ->
                                found(user, asking, call.id().hashCode(), call)
                                        .flatMap(
                                                found ->
                                                        explain
                                                                ? explained(found, asking, call)
                                                                : Mono.just(found)))
                .doOnNext(found -> shown(found, call))
                .map(Found::answer);
    }

    /**
     * As {@link #to}, but it is not told yet that the user has seen it.
     *
     * @param seed of chance: what is tried stays the same for whoever looks on
     */
    Mono<Unseen> unseen(UserId user, Wish wish, long seed, Call call) {
        return askings.of(user, wish, call)
                .flatMap(
                        asking ->
                                Mono.zip(
                                        found(user, asking, seed, call),
                                        offers.all(call.skips()),
                                        (found, all) ->
                                                new Unseen(found, until(found, all, asking))));
    }

    private static @Nullable Instant until(Found found, Assortment all, Asking asking) {
        return Lasting.until(
                asking, found.lookedAt().stream().flatMap(item -> all.offersOf(item).stream()));
    }

    /**
     * An answer that nobody has seen yet.
     *
     * @param until when it may be another one though nothing is told; null if it will not
     */
    record Unseen(Found found, @Nullable Instant until) {}

    /** Tells that the user has seen it. */
    void shown(Found found, Call call) {
        impressions.served(call, () -> impression(found));
    }

    /**
     * An answer.
     *
     * @param candidates what was looked at for it, shown or not
     * @param propensities how likely each item was to come in its place; none where all were
     *     certain
     * @param canary the release that is tried meanwhile
     */
    record Found(
            Recommendations answer,
            List<Recommended> candidates,
            List<Double> propensities,
            @Nullable String canary) {

        /** The items that it goes by. */
        List<String> lookedAt() {
            return Stream.concat(candidates.stream(), answer.recommendations().stream())
                    .map(Recommended::item)
                    .toList();
        }
    }

    /** What may be shown, in the order of its source. */
    private record Chosen(
            List<Recommended> shown,
            List<Recommended> candidates,
            Params params,
            @Nullable String canary) {}

    private Mono<Found> found(UserId user, Asking asking, long seed, Call call) {
        Asking wide = ArrangingItems.wide(asking);
        return own(user, wide, wide.wish().size() + Showable.SPARE, call)
                .switchIfEmpty(Mono.defer(() -> everyones(wide, call)))
                .flatMap(
                        chosen ->
                                arranging
                                        .of(chosen.shown(), asking, _ -> false, seed, call)
                                        .map(arranged -> found(user, chosen, arranged)));
    }

    private static Found found(UserId user, Chosen chosen, Arranged arranged) {
        Params params = chosen.params().with(arranged.applied());
        return new Found(
                new Recommendations(
                        user.value(),
                        arranged.items(),
                        arranged.items().isEmpty() ? params.ofNothing() : params),
                chosen.candidates(),
                arranged.propensities(),
                chosen.canary());
    }

    private Mono<Found> explained(Found found, Asking asking, Call call) {
        Recommendations answer = found.answer();
        Map<String, String> sources = new LinkedHashMap<>();
        answer.recommendations()
                .forEach(shown -> sources.put(shown.item(), answer.params().origin().text()));
        Applied applied = answer.params().scenario();
        if (applied != null) {
            sources.putAll(applied.sources());
        }
        return explaining
                .of(
                        new Subject(
                                new UserId(answer.user()),
                                asking,
                                sources,
                                found.candidates().stream().map(Recommended::item).toList(),
                                answer.params().release(),
                                answer.params().listVersion()),
                        call)
                .map(
                        how ->
                                new Found(
                                        answer.explained(how, call),
                                        found.candidates(),
                                        found.propensities(),
                                        found.canary()));
    }

    /**
     * Empty if there is no list, or one of which nothing may be shown.
     *
     * @param most how many entries are read; more, if rules leave too few of them
     */
    private Mono<Chosen> own(UserId user, Asking asking, int most, Call call) {
        return lists.of(user, most, call.skips())
                .flatMap(
                        list ->
                                showable.of(list.entries(), asking)
                                        .flatMap(
                                                shown -> {
                                                    if (shown.size() < asking.wish().size()
                                                            && list.entries().size() == most) {
                                                        return own(user, asking, 4 * most, call);
                                                    }
                                                    return shown.isEmpty()
                                                            ? Mono.empty()
                                                            : Mono.just(own(list, shown, call));
                                                }));
    }

    private Mono<Chosen> everyones(Asking asking, Call call) {
        return popular.now(call.skips())
                .flatMap(
                        all ->
                                showable.of(all.items(), asking)
                                        .map(shown -> everyones(all, shown, call)));
    }

    private static Chosen own(OwnList list, List<Recommended> shown, Call call) {
        return new Chosen(
                shown,
                list.entries(),
                new Params(
                        list.model() == null ? Origin.TASTE : Origin.MODEL,
                        list.release(),
                        list.model(),
                        list.version(),
                        list.causedBy(),
                        list.at(),
                        null,
                        call.skips().all(),
                        call.id()),
                list.canary());
    }

    private static Chosen everyones(Popular all, List<Recommended> shown, Call call) {
        return new Chosen(
                shown,
                all.items(),
                new Params(
                        all.origin(),
                        null,
                        null,
                        null,
                        null,
                        all.at(),
                        null,
                        call.skips().all(),
                        call.id()),
                null);
    }

    private static PlaylistServed impression(Found found) {
        Recommendations answer = found.answer();
        Params params = answer.params();
        Long version = params.listVersion();
        Applied applied = params.scenario();
        return new PlaylistServed(
                new UserId(answer.user()),
                answer.recommendations().stream().map(entry -> new ItemId(entry.item())).toList(),
                params.callId(),
                params.origin().text(),
                params.release(),
                params.model(),
                version == null ? null : Math.toIntExact(version),
                answer.recommendations().stream()
                        .map(entry -> new OfferId(entry.offers().getFirst()))
                        .toList(),
                answer.recommendations().stream().map(Recommended::score).toList(),
                found.propensities(),
                1,
                null,
                applied == null ? null : applied.scenario(),
                List.of(),
                found.canary());
    }
}
