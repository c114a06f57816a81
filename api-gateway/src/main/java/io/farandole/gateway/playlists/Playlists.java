package io.farandole.gateway.playlists;

import io.farandole.events.ImpressionEvent.PlaylistServed;
import io.farandole.events.ImpressionEvent.SimilarOffersServed;
import io.farandole.events.ItemId;
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

    Playlists(
            ReadingUsers users,
            ReadingNeighbours neighbours,
            Offers offers,
            Askings askings,
            Impressions impressions) {
        this.users = users;
        this.neighbours = neighbours;
        this.offers = offers;
        this.impressions = impressions;
        this.askings = askings;
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
                                    asking,
                                    call);
                        })
                .doOnNext(
                        list -> {
                            if (told) {
                                impressions.served(call, () -> impression(user, list, call));
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
                                    .flatMap(chosen -> confirmed(chosen, asking, call));
                        })
                .doOnNext(
                        list -> {
                            if (user != null) {
                                impressions.served(call, () -> impression(user, list, call));
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
                                    .flatMap(list -> confirmed(list, asking, call))
                                    .doOnNext(
                                            list -> {
                                                if (told) {
                                                    impressions.served(
                                                            call,
                                                            () ->
                                                                    impression(
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
    private record Chosen(List<List<OfferFacts>> parts, Playlist playlist) {}

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
                        : new Playlist(
                                List.of(),
                                Origin.OWN_LIST,
                                list.release(),
                                list.model(),
                                list.version()));
    }

    private static Chosen similar(
            List<String> items,
            List<Neighbours> near,
            Assortment assortment,
            Asking asking,
            Before before) {
        Set<String> these = Set.copyOf(items);
        List<List<OfferFacts>> parts =
                Choosing.eligible(
                        List.of(
                                Choosing.inTurn(near.stream().map(Neighbours::items).toList()),
                                ofTheSameKinds(items, assortment)),
                        item -> these.contains(item) || before.has(item),
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
                new Playlist(List.of(), Origin.SIMILAR, known.release(), known.model(), null));
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
    private Mono<Playlist> confirmed(Chosen chosen, Asking asking, Call call) {
        int size = asking.wish().size();
        List<OfferFacts> ordered =
                Choosing.ordered(chosen.parts(), asking, call.id().hashCode(), size + SPARE);
        return offers.now(ordered.stream().map(OfferFacts::offer).toList())
                .map(now -> chosen.playlist().with(still(ordered, now, asking)));
    }

    private static List<OfferFacts> still(
            List<OfferFacts> ordered, Map<String, OfferFacts> now, Asking asking) {
        return ordered.stream()
                .map(offer -> now.get(offer.offer()))
                .filter(Objects::nonNull)
                .filter(offer -> Rules.allow(offer, asking))
                .limit(asking.wish().size())
                .toList();
    }

    private static PlaylistServed impression(UserId user, Playlist list, Call call) {
        return new PlaylistServed(
                user,
                items(list),
                call.id(),
                list.origin().name().toLowerCase(Locale.ROOT),
                list.release(),
                list.model(),
                list.version());
    }

    private static SimilarOffersServed impression(
            OfferId offer, String item, Playlist list, Call call) {
        return new SimilarOffersServed(
                offer, new ItemId(item), items(list), call.id(), list.release(), list.model());
    }

    private static List<ItemId> items(Playlist list) {
        return list.offers().stream().map(offer -> new ItemId(offer.item())).toList();
    }
}
