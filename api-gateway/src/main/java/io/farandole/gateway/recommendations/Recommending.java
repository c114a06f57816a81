package io.farandole.gateway.recommendations;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.playlists.Askings;
import io.farandole.gateway.playlists.Showable;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.recommendations.Recommendations.Params;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The chain that an answer comes from: the user's own list, then what is popular, then nothing; and
 * of each what rules let this user see.
 */
@Component
class Recommending {

    private final ReadingLists lists;
    private final PopularItems popular;
    private final Askings askings;
    private final Showable showable;
    private final Impressions impressions;

    Recommending(
            ReadingLists lists,
            PopularItems popular,
            Askings askings,
            Showable showable,
            Impressions impressions) {
        this.lists = lists;
        this.popular = popular;
        this.askings = askings;
        this.showable = showable;
        this.impressions = impressions;
    }

    Mono<Recommendations> to(UserId user, int limit, Call call) {
        return askings.of(user, Wish.bestFirst(limit))
                .flatMap(
                        asking ->
                                own(user, asking, limit + Showable.SPARE, call)
                                        .switchIfEmpty(
                                                Mono.defer(() -> everyones(user, asking, call))))
                .doOnNext(answer -> impressions.served(call, () -> impression(user, answer)));
    }

    /**
     * Empty if there is no list, or one of which nothing may be shown.
     *
     * @param most how many entries are read; more, if rules leave too few of them
     */
    private Mono<Recommendations> own(UserId user, Asking asking, int most, Call call) {
        return lists.of(user, most)
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
                                                            : Mono.just(
                                                                    own(user, list, shown, call));
                                                }));
    }

    private Mono<Recommendations> everyones(UserId user, Asking asking, Call call) {
        return popular.now()
                .flatMap(
                        all ->
                                showable.of(all.items(), asking)
                                        .map(shown -> everyones(user, all.at(), shown, call)));
    }

    private static Recommendations own(
            UserId user, OwnList list, List<Recommended> shown, Call call) {
        return new Recommendations(
                user.value(),
                shown,
                new Params(
                        list.model() == null ? Origin.TASTE : Origin.MODEL,
                        list.release(),
                        list.model(),
                        list.version(),
                        list.causedBy(),
                        list.at(),
                        call.id()));
    }

    private static Recommendations everyones(
            UserId user, Instant at, List<Recommended> shown, Call call) {
        Origin origin = shown.isEmpty() ? Origin.NONE : Origin.POPULAR;
        return new Recommendations(
                user.value(), shown, new Params(origin, null, null, null, null, at, call.id()));
    }

    private static PlaylistServed impression(UserId user, Recommendations answer) {
        Params params = answer.params();
        Long version = params.listVersion();
        return new PlaylistServed(
                user,
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
                List.of(),
                1,
                null,
                null,
                List.of());
    }
}
