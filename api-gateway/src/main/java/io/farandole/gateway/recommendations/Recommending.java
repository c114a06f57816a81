package io.farandole.gateway.recommendations;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.explaining.Explaining;
import io.farandole.gateway.explaining.Subject;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.playlists.Askings;
import io.farandole.gateway.playlists.Showable;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.popular.PopularItems.Popular;
import io.farandole.gateway.recommendations.Recommendations.Params;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Explaining explaining;
    private final Impressions impressions;

    Recommending(
            ReadingLists lists,
            PopularItems popular,
            Askings askings,
            Showable showable,
            Explaining explaining,
            Impressions impressions) {
        this.lists = lists;
        this.popular = popular;
        this.askings = askings;
        this.showable = showable;
        this.explaining = explaining;
        this.impressions = impressions;
    }

    Mono<Recommendations> to(UserId user, int limit, boolean explain, Call call) {
        return askings.of(user, Wish.bestFirst(limit), call)
                .flatMap(
                        asking ->
                                found(user, asking, call)
                                        .flatMap(
                                                found ->
                                                        explain
                                                                ? explained(found, asking, call)
                                                                : Mono.just(found.answer())))
                .doOnNext(answer -> shown(user, answer, call));
    }

    /** As {@link #to}, but it is not told yet that the user has seen it. */
    Mono<Unseen> unseen(UserId user, int limit, Call call) {
        return found(user, limit, call)
                .map(
                        found ->
                                new Unseen(
                                        found.answer(),
                                        found.candidates().stream()
                                                .map(Recommended::item)
                                                .toList()));
    }

    /**
     * An answer that nobody has seen yet.
     *
     * @param lookedAt the items that were looked at for it, shown or not
     */
    record Unseen(Recommendations answer, List<String> lookedAt) {}

    /** Tells that the user has seen it. */
    void shown(UserId user, Recommendations answer, Call call) {
        impressions.served(call, () -> impression(user, answer));
    }

    private Mono<Found> found(UserId user, int limit, Call call) {
        return askings.of(user, Wish.bestFirst(limit), call)
                .flatMap(asking -> found(user, asking, call));
    }

    private Mono<Found> found(UserId user, Asking asking, Call call) {
        return own(user, asking, asking.wish().size() + Showable.SPARE, call)
                .switchIfEmpty(Mono.defer(() -> everyones(user, asking, call)));
    }

    /**
     * An answer.
     *
     * @param candidates what was looked at for it, shown or not
     */
    private record Found(Recommendations answer, List<Recommended> candidates) {}

    private Mono<Recommendations> explained(Found found, Asking asking, Call call) {
        Recommendations answer = found.answer();
        Map<String, String> sources = new LinkedHashMap<>();
        answer.recommendations()
                .forEach(shown -> sources.put(shown.item(), answer.params().origin().text()));
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
                .map(how -> answer.explained(how, call));
    }

    /**
     * Empty if there is no list, or one of which nothing may be shown.
     *
     * @param most how many entries are read; more, if rules leave too few of them
     */
    private Mono<Found> own(UserId user, Asking asking, int most, Call call) {
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
                                                            : Mono.just(
                                                                    new Found(
                                                                            own(
                                                                                    user, list,
                                                                                    shown, call),
                                                                            list.entries()));
                                                }));
    }

    private Mono<Found> everyones(UserId user, Asking asking, Call call) {
        return popular.now(call.skips())
                .flatMap(
                        all ->
                                showable.of(all.items(), asking)
                                        .map(
                                                shown ->
                                                        new Found(
                                                                everyones(user, all, shown, call),
                                                                all.items())));
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
                        call.skips().all(),
                        call.id()));
    }

    private static Recommendations everyones(
            UserId user, Popular all, List<Recommended> shown, Call call) {
        return new Recommendations(
                user.value(),
                shown,
                new Params(
                        shown.isEmpty() ? Origin.NONE : all.origin(),
                        null,
                        null,
                        null,
                        null,
                        all.at(),
                        call.skips().all(),
                        call.id()));
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
