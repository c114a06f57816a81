package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.explaining.Explaining;
import io.farandole.gateway.explaining.Subject;
import io.farandole.gateway.offers.Offers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes an answer of what was chosen: in order, and as it is this moment. */
@Component
class Confirming {

    /** So many more are looked at again, for those that are found to be gone. */
    private static final int SPARE = 10;

    private final Offers offers;
    private final Arranging arranging;
    private final Explaining explaining;

    Confirming(Offers offers, Arranging arranging, Explaining explaining) {
        this.offers = offers;
        this.arranging = arranging;
        this.explaining = explaining;
    }

    Mono<Playlist> of(
            Chosen chosen, @Nullable UserId user, Asking asking, boolean explain, Call call) {
        Mono<Playlist> confirmed = of(chosen, asking, call);
        return explain
                ? confirmed.flatMap(list -> explained(list, chosen, user, asking, call))
                : confirmed;
    }

    /** In the order that was wished, without what is not as it was when it was last read. */
    Mono<Playlist> of(Chosen chosen, Asking asking, Call call) {
        List<Placed> placed =
                arranging.arranged(
                        Choosing.ordered(
                                chosen.parts(),
                                asking,
                                call.id().hashCode(),
                                asking.wish().size() + SPARE),
                        chosen.assortment(),
                        asking,
                        chosen.playlist().choice().from(),
                        chosen.not(),
                        call.id().hashCode());
        if (offers.isCurrent()) {
            // It was chosen from what is there this moment.
            return Mono.just(Confirmed.asTheyAre(placed, asking).in(chosen.playlist()));
        }
        return offers.now(placed.stream().map(place -> place.offer().offer()).toList())
                .map(now -> Confirmed.of(placed, now, asking).in(chosen.playlist()));
    }

    private Mono<Playlist> explained(
            Playlist list, Chosen chosen, @Nullable UserId user, Asking asking, Call call) {
        Map<String, String> all = chosen.sources();
        Map<String, String> sources = new LinkedHashMap<>();
        list.offers()
                .forEach(
                        offer ->
                                sources.put(
                                        offer.item(), all.getOrDefault(offer.item(), "popular")));
        Applied applied = list.choice().applied();
        if (applied != null) {
            sources.putAll(applied.sources());
        }
        Integer version = list.version();
        return explaining
                .of(
                        new Subject(
                                user,
                                asking,
                                sources,
                                chosen.tiers().stream()
                                        .flatMap(tier -> tier.items().stream())
                                        .distinct()
                                        .toList(),
                                list.release(),
                                version == null ? null : version.longValue()),
                        call)
                .map(list::explained);
    }
}
