package io.farandole.gateway.playlists;

import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.OnePerItem;
import io.farandole.gateway.items.Recommended;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Leaves of a list what whoever asks may be shown: no item twice, and of each the offers that no
 * rule speaks against, as Postgres has them this moment.
 */
@Component
public class Showable {

    /** So many more are looked at than were asked for, for those that rules take away. */
    public static final int SPARE = 10;

    private final Offers offers;

    Showable(Offers offers) {
        this.offers = offers;
    }

    /**
     * As many of these as were asked for, in their order; fewer only if no more may be shown.
     *
     * @param items best first, each with the offers that can be had at all
     */
    public Mono<List<Recommended>> of(List<Recommended> items, Asking asking) {
        int size = asking.wish().size();
        return Flux.fromIterable(items)
                .distinct(Recommended::item)
                .buffer(size + SPARE)
                // Part by part: what nobody will see is not read.
                .concatMap(
                        part ->
                                offers.now(part.stream().flatMap(i -> i.offers().stream()).toList())
                                        .flatMapIterable(now -> allowed(part, now, asking)),
                        0)
                .take(size)
                .collectList();
    }

    private static List<Recommended> allowed(
            List<Recommended> items, Map<String, OfferFacts> now, Asking asking) {
        return items.stream().flatMap(item -> allowed(item, now, asking)).toList();
    }

    private static Stream<Recommended> allowed(
            Recommended item, Map<String, OfferFacts> now, Asking asking) {
        List<OfferFacts> there =
                item.offers().stream().map(now::get).filter(Objects::nonNull).toList();
        List<String> shown = OnePerItem.allowed(there, asking).map(OfferFacts::offer).toList();
        return shown.isEmpty() ? Stream.empty() : Stream.of(item.with(shown));
    }
}
