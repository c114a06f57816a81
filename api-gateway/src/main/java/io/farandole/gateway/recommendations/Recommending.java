package io.farandole.gateway.recommendations;

import io.farandole.events.UserId;
import io.farandole.gateway.recommendations.PopularItems.Popular;
import io.farandole.gateway.recommendations.Recommendations.Origin;
import io.farandole.gateway.recommendations.Recommendations.Params;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The chain that an answer comes from: the user's own list, then what is popular, then nothing. */
@Component
class Recommending {

    private final ReadingLists lists;
    private final PopularItems popular;

    Recommending(ReadingLists lists, PopularItems popular) {
        this.lists = lists;
        this.popular = popular;
    }

    Mono<Recommendations> to(UserId user, int limit, String callId) {
        return lists.of(user, limit)
                .map(list -> fromTaste(user, list, callId))
                .switchIfEmpty(
                        Mono.defer(popular::now)
                                .map(items -> fromPopularity(user, items, limit, callId)));
    }

    private static Recommendations fromTaste(UserId user, TasteList list, String callId) {
        return new Recommendations(
                user.value(),
                list.entries(),
                new Params(Origin.TASTE, list.version(), list.causedBy(), list.at(), callId));
    }

    private static Recommendations fromPopularity(
            UserId user, Popular popular, int limit, String callId) {
        List<Recommended> items = popular.items().stream().limit(limit).toList();
        Origin origin = items.isEmpty() ? Origin.NONE : Origin.POPULAR;
        return new Recommendations(
                user.value(), items, new Params(origin, null, null, popular.at(), callId));
    }
}
