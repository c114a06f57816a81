package io.farandole.gateway.similar;

import io.farandole.events.ImpressionEvent.SimilarOffersServed;
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
import io.farandole.gateway.playlists.Applied;
import io.farandole.gateway.playlists.ArrangingItems;
import io.farandole.gateway.playlists.Askings;
import io.farandole.gateway.playlists.Showable;
import io.farandole.gateway.popular.PopularItems;
import io.farandole.gateway.popular.PopularItems.Popular;
import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import io.farandole.gateway.similar.SimilarOffers.Params;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The chain that an answer comes from: what the release knows, then what is popular in the same
 * categories, then what of it is still in memory, then nothing; and of each what rules let whoever
 * asks see.
 */
@Component
class FindingSimilar {

    private final ReadingOffers offers;
    private final ReadingSimilar similar;
    private final PopularItems popular;
    private final Askings askings;
    private final Showable showable;
    private final ArrangingItems arranging;
    private final Explaining explaining;
    private final Impressions impressions;

    FindingSimilar(
            ReadingOffers offers,
            ReadingSimilar similar,
            PopularItems popular,
            Askings askings,
            Showable showable,
            ArrangingItems arranging,
            Explaining explaining,
            Impressions impressions) {
        this.offers = offers;
        this.similar = similar;
        this.popular = popular;
        this.askings = askings;
        this.showable = showable;
        this.arranging = arranging;
        this.explaining = explaining;
        this.impressions = impressions;
    }

    /**
     * A problem, if nobody knows the offer.
     *
     * @param user whose rules count; null for those of nobody who is known
     * @param explain whether it is to be told how it came about
     */
    Mono<SimilarOffers> to(
            OfferId offer, @Nullable UserId user, Wish wish, boolean explain, Call call) {
        return Mono.zip(
                        offers.of(offer).switchIfEmpty(Mono.error(FindingSimilar::unknown)),
                        askings.of(user, wish, call))
                .flatMap(
                        both -> {
                            Asking asking = both.getT2();
                            Asked asked =
                                    new Asked(
                                            offer, both.getT1(), ArrangingItems.wide(asking), call);
                            return known(asked, asked.size() + Showable.SPARE)
                                    .switchIfEmpty(Mono.defer(() -> everyones(asked)))
                                    .flatMap(chosen -> arranged(chosen, asked, asking))
                                    .flatMap(
                                            found ->
                                                    explain
                                                            ? explained(found, user, asking, call)
                                                            : Mono.just(found));
                        })
                .doOnNext(found -> impressions.served(call, () -> impression(offer, found)))
                .map(Found::answer);
    }

    /**
     * An answer.
     *
     * @param candidates what was looked at for it, shown or not
     * @param propensities how likely each item was to come in its place; none where all were
     *     certain
     */
    private record Found(
            SimilarOffers answer, List<Recommended> candidates, List<Double> propensities) {}

    /** What may be shown, before a scenario has its say. */
    private record Chosen(SimilarOffers answer, List<Recommended> candidates) {}

    private Mono<Found> explained(Found found, @Nullable UserId user, Asking asking, Call call) {
        SimilarOffers answer = found.answer();
        Origin origin = answer.params().origin();
        String source = origin == Origin.MODEL ? "similar" : origin.text();
        Map<String, String> sources = new LinkedHashMap<>();
        answer.similar().forEach(shown -> sources.put(shown.item(), source));
        Applied applied = answer.params().scenario();
        if (applied != null) {
            sources.putAll(applied.sources());
        }
        return explaining
                .of(
                        new Subject(
                                user,
                                asking,
                                sources,
                                found.candidates().stream().map(Recommended::item).toList(),
                                answer.params().release(),
                                null),
                        call)
                .map(
                        how ->
                                new Found(
                                        answer.explained(how, call),
                                        found.candidates(),
                                        found.propensities()));
    }

    private Mono<Found> arranged(Chosen chosen, Asked asked, Asking asking) {
        SimilarOffers found = chosen.answer();
        return arranging
                .of(
                        found.similar(),
                        asking,
                        item -> item.equals(found.item()),
                        asked.call().id().hashCode(),
                        asked.call())
                .map(
                        arranged ->
                                new Found(
                                        found.with(arranged.items(), arranged.applied()),
                                        chosen.candidates(),
                                        arranged.propensities()));
    }

    private record Asked(OfferId offer, OfferedItem item, Asking asking, Call call) {

        int size() {
            return asking.wish().size();
        }
    }

    /**
     * Empty if the release knows of nothing that may be shown.
     *
     * @param most how many items are read; more, if rules leave too few of them
     */
    private Mono<Chosen> known(Asked asked, int most) {
        return similar.to(asked.item(), most, asked.call().skips())
                .flatMap(
                        known ->
                                showable.of(known.items(), asked.asking())
                                        .flatMap(
                                                shown -> {
                                                    if (shown.size() < asked.size()
                                                            && known.items().size() == most) {
                                                        return known(asked, 4 * most);
                                                    }
                                                    return shown.isEmpty()
                                                            ? Mono.empty()
                                                            : Mono.just(known(asked, known, shown));
                                                }));
    }

    private Mono<Chosen> everyones(Asked asked) {
        return popularLike(asked)
                .flatMap(
                        all ->
                                showable.of(others(all.items(), asked.item()), asked.asking())
                                        .map(shown -> everyones(asked, all, shown)));
    }

    // Of an item without categories everything would be of the same.
    private Mono<Popular> popularLike(Asked asked) {
        List<String> categories = asked.item().categories();
        return categories.isEmpty()
                ? Mono.just(Popular.nothing())
                : popular.within(categories, asked.call().skips());
    }

    private static List<Recommended> others(List<Recommended> all, OfferedItem than) {
        return all.stream().filter(other -> !other.item().equals(than.item())).toList();
    }

    private static Chosen known(Asked asked, Known known, List<Recommended> shown) {
        return new Chosen(
                new SimilarOffers(
                        asked.offer().value(),
                        asked.item().item(),
                        shown,
                        new Params(
                                Origin.MODEL,
                                known.release(),
                                known.model(),
                                null,
                                asked.call().skips().all(),
                                asked.call().id())),
                known.items());
    }

    private static Chosen everyones(Asked asked, Popular all, List<Recommended> shown) {
        return new Chosen(
                new SimilarOffers(
                        asked.offer().value(),
                        asked.item().item(),
                        shown,
                        new Params(
                                shown.isEmpty() ? Origin.NONE : all.origin(),
                                null,
                                null,
                                null,
                                asked.call().skips().all(),
                                asked.call().id())),
                others(all.items(), asked.item()));
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                ProblemCode.UNKNOWN_OFFER,
                "No item is known to have this offer; what was published a moment ago may still be"
                        + " on its way");
    }

    private static SimilarOffersServed impression(OfferId offer, Found found) {
        SimilarOffers answer = found.answer();
        Applied applied = answer.params().scenario();
        return new SimilarOffersServed(
                offer,
                new ItemId(answer.item()),
                answer.similar().stream().map(entry -> new ItemId(entry.item())).toList(),
                answer.params().callId(),
                answer.params().release(),
                answer.params().model(),
                answer.similar().stream()
                        .map(entry -> new OfferId(entry.offers().getFirst()))
                        .toList(),
                answer.similar().stream().map(Recommended::score).toList(),
                found.propensities(),
                null,
                applied == null ? null : applied.scenario(),
                List.of());
    }
}
