package io.farandole.gateway.playlists;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.ColdStart;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.playlists.Playlist.Origin;
import io.farandole.gateway.playlists.ReadingNeighbours.Neighbours;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    Playlists(
            ReadingUsers users,
            ReadingNeighbours neighbours,
            Offers offers,
            Askings askings,
            Arranging arranging,
            Impressions impressions) {
        this.users = users;
        this.neighbours = neighbours;
        this.offers = offers;
        this.impressions = impressions;
        this.askings = askings;
        this.arranging = arranging;
    }

    /**
     * What a user is shown.
     *
     * @param told whether an impression is to be told of it
     */
    public Mono<Playlist> of(UserId user, Wish wish, Call call, boolean told) {
        return Mono.zip(users.of(user), offers.all())
                .flatMap(
                        both -> {
                            Known known = both.getT1();
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(known, assortment, wish);
                            return confirmed(
                                    personal(known, assortment, asking, Before.NOTHING),
                                    assortment,
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
     */
    public Mono<Playlist> page(
            @Nullable UserId user, Collection<String> like, Before before, Wish wish, Call call) {
        Mono<Known> reading = user == null ? Mono.just(Known.NOTHING) : users.of(user);
        return Mono.zip(reading, offers.all())
                .flatMap(
                        both -> {
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(both.getT1(), assortment, wish);
                            return chosen(both.getT1(), assortment, asking, like, before)
                                    .flatMap(chosen -> confirmed(chosen, assortment, asking, call));
                        })
                .doOnNext(
                        list -> {
                            if (user != null) {
                                impressions.served(
                                        call, () -> PlaylistImpressions.served(user, list, call));
                            }
                        });
    }

    private Mono<Chosen> chosen(
            Known known,
            Assortment assortment,
            Asking asking,
            Collection<String> like,
            Before before) {
        List<String> items =
                like.stream().map(assortment::itemOf).filter(Objects::nonNull).distinct().toList();
        return items.isEmpty()
                ? Mono.fromSupplier(() -> personal(known, assortment, asking, before))
                : Flux.fromIterable(items)
                        .flatMapSequential(neighbours::of)
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
        Mono<Known> reading = user == null ? Mono.just(Known.NOTHING) : users.of(user);
        return Mono.zip(reading, offers.all())
                .flatMap(
                        both -> {
                            Assortment assortment = both.getT2();
                            String item = assortment.itemOf(offer.value());
                            if (item == null) {
                                return Mono.just(Playlist.none(Origin.SIMILAR));
                            }
                            Asking asking = askings.of(both.getT1(), assortment, wish);
                            return neighbours
                                    .of(item)
                                    .map(
                                            near ->
                                                    similar(
                                                            List.of(item),
                                                            List.of(near),
                                                            assortment,
                                                            asking,
                                                            Before.NOTHING))
                                    .flatMap(list -> confirmed(list, assortment, asking, call))
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
    public Mono<WhyNot> whyNot(UserId user, OfferId offer) {
        return Mono.zip(users.of(user), offers.all(), offers.now(List.of(offer.value())))
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

    /** What may be shown, part by part, before it is put in order. */
    private record Chosen(List<List<OfferFacts>> parts, Playlist playlist, Predicate<String> not) {}

    private static Chosen personal(
            Known known, Assortment assortment, Asking asking, Before before) {
        // A list of who has done nothing knows less of them than what they named themselves.
        Known.OwnList list = known.had().isEmpty() ? null : known.list();
        List<String> first =
                list == null ? ColdStart.named(assortment, known.onboarding()) : list.items();
        List<List<OfferFacts>> parts =
                Choosing.eligible(
                        List.of(first, assortment.items()), before::has, assortment, asking);
        return new Chosen(
                parts,
                list == null
                        ? Playlist.none(Origin.COLD_START)
                                .with(choice(parts, Map::of, before, asking))
                        : new Playlist(
                                List.of(),
                                Origin.OWN_LIST,
                                list.release(),
                                list.model(),
                                list.version(),
                                choice(parts, list::byItem, before, asking)),
                before::has);
    }

    private static Choice choice(
            List<List<OfferFacts>> parts,
            Supplier<Map<String, Double>> scores,
            Before before,
            Asking asking) {
        return new Choice(
                parts.stream().mapToInt(List::size).sum(),
                scores,
                before.size() + 1,
                PlaylistImpressions.context(asking.wish()),
                List.of(),
                null);
    }

    private static Chosen similar(
            List<String> items,
            List<Neighbours> near,
            Assortment assortment,
            Asking asking,
            Before before) {
        Set<String> these = Set.copyOf(items);
        Predicate<String> not = item -> these.contains(item) || before.has(item);
        List<List<OfferFacts>> parts =
                Choosing.eligible(
                        List.of(
                                Choosing.inTurn(near.stream().map(Neighbours::items).toList()),
                                ofTheSameKinds(items, assortment)),
                        not,
                        assortment,
                        asking);
        // Those that have neighbours have them of the one release that is served.
        Neighbours known =
                near.stream()
                        .filter(one -> !one.items().isEmpty())
                        .findFirst()
                        .orElse(Neighbours.NONE);
        return new Chosen(
                parts,
                new Playlist(
                        List.of(),
                        Origin.SIMILAR,
                        known.release(),
                        known.model(),
                        null,
                        choice(parts, Map::of, before, asking)),
                not);
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

    /** In the order that was wished, without what is not as it was when it was last read. */
    private Mono<Playlist> confirmed(
            Chosen chosen, Assortment assortment, Asking asking, Call call) {
        List<Placed> placed =
                arranging.arranged(
                        Choosing.ordered(
                                chosen.parts(),
                                asking,
                                call.id().hashCode(),
                                asking.wish().size() + SPARE),
                        assortment,
                        asking,
                        chosen.playlist().choice().from(),
                        chosen.not(),
                        call.id().hashCode());
        return offers.now(placed.stream().map(place -> place.offer().offer()).toList())
                .map(now -> Confirmed.of(placed, now, asking).in(chosen.playlist()));
    }
}
