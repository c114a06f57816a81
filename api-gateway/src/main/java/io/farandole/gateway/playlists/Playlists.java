package io.farandole.gateway.playlists;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.ColdStart;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.explaining.Explaining;
import io.farandole.gateway.explaining.Subject;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.playlists.Playlist.Origin;
import io.farandole.gateway.playlists.ReadingNeighbours.Neighbours;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The chain that an answer comes from: the user's own list, then what was named at the start, then
 * what is popular; nothing that breaks a rule, and nothing that is gone this moment.
 */
@Component
public class Playlists {

    /** So many more are looked at again, for those that are found to be gone. */
    private static final int SPARE = 10;

    private final ReadingUsers users;
    private final ReadingNeighbours neighbours;
    private final Offers offers;
    private final Impressions impressions;
    private final Askings askings;
    private final Arranging arranging;
    private final Explaining explaining;

    Playlists(
            ReadingUsers users,
            ReadingNeighbours neighbours,
            Offers offers,
            Askings askings,
            Arranging arranging,
            Explaining explaining,
            Impressions impressions) {
        this.users = users;
        this.neighbours = neighbours;
        this.offers = offers;
        this.impressions = impressions;
        this.askings = askings;
        this.arranging = arranging;
        this.explaining = explaining;
    }

    /**
     * What a user is shown.
     *
     * @param told whether an impression is to be told of it
     */
    public Mono<Playlist> of(UserId user, Wish wish, Call call, boolean told) {
        return Mono.zip(users.of(user, call.skips()), offers.all(call.skips()))
                .flatMap(
                        both -> {
                            Known known = both.getT1();
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(known, assortment, wish);
                            return confirmed(
                                    personal(known, assortment, asking, Before.NOTHING),
                                    asking,
                                    call);
                        })
                .doOnNext(
                        list -> {
                            if (told) {
                                impressions.served(
                                        call, () -> PlaylistImpressions.served(user, list, call));
                            }
                        });
    }

    /**
     * A page of what somebody is shown, without what the pages before had.
     *
     * @param user null for nobody who is known, of whom no impression is told
     * @param like offers that it is to be like; if nobody knows any of them, or there are none, it
     *     is what the user is shown anyway
     * @param explain whether it is to be told how it came about
     */
    public Mono<Playlist> page(
            @Nullable UserId user,
            Collection<String> like,
            Before before,
            Wish wish,
            boolean explain,
            Call call) {
        Mono<Known> reading =
                user == null ? Mono.just(Known.NOTHING) : users.of(user, call.skips());
        return Mono.zip(reading, offers.all(call.skips()))
                .flatMap(
                        both -> {
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(both.getT1(), assortment, wish);
                            return chosen(both.getT1(), assortment, asking, like, before, call)
                                    .flatMap(
                                            chosen ->
                                                    confirmed(chosen, user, asking, explain, call));
                        })
                .doOnNext(
                        list -> {
                            if (user != null) {
                                impressions.served(
                                        call, () -> PlaylistImpressions.served(user, list, call));
                            }
                        });
    }

    /**
     * A page of what is in an order that is the same for everyone; behind it, what is popular.
     *
     * @param user whose rules count; null for nobody who is known, of whom no impression is told
     */
    Mono<Playlist> inOrder(
            Ranking ranking,
            @Nullable UserId user,
            Before before,
            Wish wish,
            boolean explain,
            Call call) {
        Mono<Known> reading = user == null ? Mono.just(Known.NOTHING) : users.withoutList(user);
        return Mono.zip(reading, offers.all(call.skips()))
                .flatMap(
                        both -> {
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(both.getT1(), assortment, wish);
                            return confirmed(
                                    ranked(ranking, assortment, asking, before),
                                    user,
                                    asking,
                                    explain,
                                    call);
                        })
                .doOnNext(
                        list -> {
                            if (user != null) {
                                impressions.served(
                                        call, () -> PlaylistImpressions.served(user, list, call));
                            }
                        });
    }

    private static Chosen ranked(
            Ranking ranking, Assortment assortment, Asking asking, Before before) {
        Chosen chosen =
                Chosen.of(
                        List.of(
                                new Tier(
                                        ranking.origin().name().toLowerCase(Locale.ROOT),
                                        ranking.items()),
                                Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        Playlist.none(ranking.origin()),
                        Map::of);
        // On the last pages, and before there are windows, all is from behind the ranking.
        return chosen.parts().getFirst().isEmpty()
                ? new Chosen(
                        chosen.tiers(),
                        chosen.parts(),
                        Playlist.none(Origin.POPULAR).with(chosen.playlist().choice()),
                        chosen.not(),
                        assortment)
                : chosen;
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
            applied.pinned().forEach(item -> sources.put(item, "pinned"));
            applied.explored().forEach(item -> sources.put(item, "tried"));
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

    private Mono<Chosen> chosen(
            Known known,
            Assortment assortment,
            Asking asking,
            Collection<String> like,
            Before before,
            Call call) {
        List<String> items =
                like.stream().map(assortment::itemOf).filter(Objects::nonNull).distinct().toList();
        return items.isEmpty()
                ? Mono.fromSupplier(() -> personal(known, assortment, asking, before))
                : Flux.fromIterable(items)
                        .flatMapSequential(item -> neighbours.of(item, call.skips()))
                        .collectList()
                        .map(near -> similar(items, near, assortment, asking, before));
    }

    /**
     * What is similar to an offer.
     *
     * @param user whose rules count; null for those of nobody who is known
     * @return without offers if nobody knows the offer
     */
    public Mono<Playlist> like(
            OfferId offer, @Nullable UserId user, Wish wish, Call call, boolean told) {
        Mono<Known> reading = user == null ? Mono.just(Known.NOTHING) : users.withoutList(user);
        return Mono.zip(reading, offers.all(call.skips()))
                .flatMap(
                        both -> {
                            Assortment assortment = both.getT2();
                            String item = assortment.itemOf(offer.value());
                            if (item == null) {
                                return Mono.just(Playlist.none(Origin.SIMILAR));
                            }
                            Asking asking = askings.of(both.getT1(), assortment, wish);
                            return neighbours
                                    .of(item, call.skips())
                                    .map(
                                            near ->
                                                    similar(
                                                            List.of(item),
                                                            List.of(near),
                                                            assortment,
                                                            asking,
                                                            Before.NOTHING))
                                    .flatMap(list -> confirmed(list, asking, call))
                                    .doOnNext(
                                            list -> {
                                                if (told) {
                                                    impressions.served(
                                                            call,
                                                            () ->
                                                                    PlaylistImpressions.served(
                                                                            offer, item, list,
                                                                            call));
                                                }
                                            });
                        });
    }

    /**
     * Why a user is not shown an offer, or in which place.
     *
     * @return empty if nobody knows the offer
     */
    public Mono<WhyNot> whyNot(UserId user, OfferId offer, Call call) {
        return Mono.zip(
                        users.of(user, call.skips()),
                        offers.all(call.skips()),
                        offers.now(List.of(offer.value())))
                .mapNotNull(
                        all -> {
                            OfferFacts facts = all.getT3().get(offer.value());
                            return facts == null
                                    ? null
                                    : whyNot(user, facts, all.getT1(), all.getT2());
                        });
    }

    private WhyNot whyNot(UserId user, OfferFacts offer, Known known, Assortment assortment) {
        Asking asking = askings.of(known, assortment, Wish.bestFirst(Choosing.PRESELECTED));
        List<String> rules = Rules.against(offer, asking).stream().map(Rule::text).toList();
        List<OfferFacts> order =
                Choosing.ordered(
                        personal(known, assortment, asking, Before.NOTHING).parts(),
                        asking,
                        0,
                        Integer.MAX_VALUE);
        return WhyNot.of(user, offer, rules, order);
    }

    private static Chosen personal(
            Known known, Assortment assortment, Asking asking, Before before) {
        // A list of who has done nothing knows less of them than what they named themselves.
        Known.OwnList list = known.had().isEmpty() ? null : known.list();
        List<String> first =
                list == null ? ColdStart.named(assortment, known.onboarding()) : list.items();
        return list == null
                ? Chosen.of(
                        List.of(new Tier("named", first), Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        Playlist.none(Origin.COLD_START),
                        Map::of)
                : Chosen.of(
                        List.of(
                                new Tier(list.model() == null ? "taste" : "model", first),
                                Tier.popular(assortment)),
                        before::has,
                        before,
                        assortment,
                        asking,
                        new Playlist(
                                List.of(),
                                Origin.OWN_LIST,
                                list.release(),
                                list.model(),
                                list.version(),
                                Choice.NONE,
                                null),
                        list::byItem);
    }

    private static Chosen similar(
            List<String> items,
            List<Neighbours> near,
            Assortment assortment,
            Asking asking,
            Before before) {
        Set<String> these = Set.copyOf(items);
        // Those that have neighbours have them of the one release that is served.
        Neighbours known =
                near.stream()
                        .filter(one -> !one.items().isEmpty())
                        .findFirst()
                        .orElse(Neighbours.NONE);
        return Chosen.of(
                List.of(
                        new Tier(
                                "similar",
                                Choosing.inTurn(near.stream().map(Neighbours::items).toList())),
                        new Tier("popular", ofTheSameKinds(items, assortment))),
                item -> these.contains(item) || before.has(item),
                before,
                assortment,
                asking,
                new Playlist(
                        List.of(),
                        Origin.SIMILAR,
                        known.release(),
                        known.model(),
                        null,
                        Choice.NONE,
                        null),
                Map::of);
    }

    private static List<String> ofTheSameKinds(List<String> items, Assortment assortment) {
        List<String> kinds =
                items.stream()
                        .flatMap(item -> assortment.offersOf(item).stream())
                        .flatMap(offer -> offer.categories().stream())
                        .distinct()
                        .toList();
        return ColdStart.named(assortment, kinds);
    }

    private Mono<Playlist> confirmed(
            Chosen chosen, @Nullable UserId user, Asking asking, boolean explain, Call call) {
        Mono<Playlist> confirmed = confirmed(chosen, asking, call);
        return explain
                ? confirmed.flatMap(list -> explained(list, chosen, user, asking, call))
                : confirmed;
    }

    /** In the order that was wished, without what is not as it was when it was last read. */
    private Mono<Playlist> confirmed(Chosen chosen, Asking asking, Call call) {
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
        return offers.now(placed.stream().map(place -> place.offer().offer()).toList())
                .map(now -> Confirmed.of(placed, now, asking).in(chosen.playlist()));
    }
}
