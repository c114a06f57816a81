package io.farandole.gateway.recommendations;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ItemId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.popular.PopularItems.Popular;
import io.farandole.gateway.recommendations.Recommendations.Params;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The chain that an answer comes from: the user's own list, then what is popular, then nothing. */
@Component
class Recommending {

    private final ReadingLists lists;
    private final PopularItems popular;
    private final Impressions impressions;

    Recommending(ReadingLists lists, PopularItems popular, Impressions impressions) {
        this.lists = lists;
        this.popular = popular;
        this.impressions = impressions;
    }

    Mono<Recommendations> to(UserId user, int limit, Call call) {
        return lists.of(user, limit)
                .map(list -> own(user, list, call))
                .switchIfEmpty(
                        Mono.defer(popular::now).map(items -> everyones(user, items, limit, call)))
                .doOnNext(answer -> impressions.served(call, () -> impression(user, answer)));
    }

    private static Recommendations own(UserId user, OwnList list, Call call) {
        return new Recommendations(
                user.value(),
                list.entries(),
                new Params(
                        list.model() == null ? Origin.TASTE : Origin.MODEL,
                        list.release(),
                        list.model(),
                        list.version(),
                        list.causedBy(),
                        list.at(),
                        call.id()));
    }

    private static Recommendations everyones(UserId user, Popular popular, int limit, Call call) {
        List<Recommended> items = popular.items().stream().limit(limit).toList();
        Origin origin = items.isEmpty() ? Origin.NONE : Origin.POPULAR;
        return new Recommendations(
                user.value(),
                items,
                new Params(origin, null, null, null, null, popular.at(), call.id()));
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
                version == null ? null : Math.toIntExact(version));
    }
}
