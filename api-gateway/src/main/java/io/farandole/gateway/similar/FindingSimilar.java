package io.farandole.gateway.similar;

import io.farandole.events.ImpressionEvent.SimilarOffersServed;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.items.Origin;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.popular.PopularItems.Popular;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.similar.SimilarOffers.Params;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The chain that an answer comes from: what the release knows, then what is popular in the same
 * categories, then nothing.
 */
@Component
class FindingSimilar {

    private final ReadingOffers offers;
    private final ReadingSimilar similar;
    private final PopularItems popular;
    private final Impressions impressions;

    FindingSimilar(
            ReadingOffers offers,
            ReadingSimilar similar,
            PopularItems popular,
            Impressions impressions) {
        this.offers = offers;
        this.similar = similar;
        this.popular = popular;
        this.impressions = impressions;
    }

    /** A problem, if nobody knows the offer. */
    Mono<SimilarOffers> to(OfferId offer, int limit, Call call) {
        return offers.of(offer)
                .switchIfEmpty(Mono.error(FindingSimilar::unknown))
                .flatMap(item -> to(offer, item, limit, call))
                .doOnNext(answer -> impressions.served(call, () -> impression(offer, answer)));
    }

    private Mono<SimilarOffers> to(OfferId offer, OfferedItem item, int limit, Call call) {
        return similar.to(item, limit)
                .map(known -> known(offer, item, known, call))
                .switchIfEmpty(
                        Mono.defer(() -> popularLike(item))
                                .map(all -> everyones(offer, item, all, limit, call)));
    }

    // Of an item without categories everything would be of the same.
    private Mono<List<Recommended>> popularLike(OfferedItem item) {
        return item.categories().isEmpty()
                ? Mono.just(List.of())
                : popular.within(item.categories()).map(Popular::items);
    }

    private static SimilarOffers known(OfferId offer, OfferedItem item, Known known, Call call) {
        return new SimilarOffers(
                offer.value(),
                item.item(),
                known.items(),
                new Params(Origin.MODEL, known.release(), known.model(), call.id()));
    }

    private static SimilarOffers everyones(
            OfferId offer, OfferedItem item, List<Recommended> all, int limit, Call call) {
        List<Recommended> others =
                all.stream()
                        .filter(other -> !other.item().equals(item.item()))
                        .limit(limit)
                        .toList();
        Origin origin = others.isEmpty() ? Origin.NONE : Origin.POPULAR;
        return new SimilarOffers(
                offer.value(), item.item(), others, new Params(origin, null, null, call.id()));
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                ProblemCode.UNKNOWN_OFFER,
                "No item is known to have this offer; what was published a moment ago may still be"
                        + " on its way");
    }

    private static SimilarOffersServed impression(OfferId offer, SimilarOffers answer) {
        return new SimilarOffersServed(
                offer,
                new ItemId(answer.item()),
                answer.similar().stream().map(entry -> new ItemId(entry.item())).toList(),
                answer.params().callId(),
                answer.params().release(),
                answer.params().model());
    }
}
