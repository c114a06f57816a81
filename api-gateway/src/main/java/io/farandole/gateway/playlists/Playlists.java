package io.farandole.gateway.playlists;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.impressions.Impressions;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.Offers;
import io.farandole.gateway.playlists.Playlist.Origin;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

    private final ReadingUsers users;
    private final ReadingNeighbours neighbours;
    private final Offers offers;
    private final Impressions impressions;
    private final Askings askings;
    private final Confirming confirming;

    Playlists(
            ReadingUsers users,
            ReadingNeighbours neighbours,
            Offers offers,
            Askings askings,
            Confirming confirming,
            Impressions impressions) {
        this.users = users;
        this.neighbours = neighbours;
        this.offers = offers;
        this.impressions = impressions;
        this.askings = askings;
        this.confirming = confirming;
    }

    /**
     * What a user is shown.
     *
     * @param mayBeNew whether somebody who has done nothing yet is shown what they named at the
     *     start, and not the list that there may be of them
     * @param told whether an impression is to be told of it
     */
    public Mono<Playlist> of(UserId user, Wish wish, Call call, boolean mayBeNew, boolean told) {
        return Mono.zip(users.of(user, call.skips()), offers.all(call.skips()))
                .flatMap(
                        both -> {
                            Known known = both.getT1();
                            Assortment assortment = both.getT2();
                            Asking asking = askings.of(known, assortment, wish);
                            return confirming.of(
                                    mayBeNew
                                            ? Candidates.ofUser(
                                                    known, assortment, asking, Before.NOTHING)
                                            : Candidates.ofNobodyNew(known, assortment, asking),
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
                                                    confirming.of(
                                                            chosen, user, asking, explain, call));
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
                            return confirming.of(
                                    Candidates.inOrder(ranking, assortment, asking, before),
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
                ? Mono.fromSupplier(() -> Candidates.ofUser(known, assortment, asking, before))
                : Flux.fromIterable(items)
                        .flatMapSequential(item -> neighbours.of(item, call.skips()))
                        .collectList()
                        .map(near -> Candidates.like(items, near, assortment, asking, before));
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
                                                    Candidates.like(
                                                            List.of(item),
                                                            List.of(near),
                                                            assortment,
                                                            asking,
                                                            Before.NOTHING))
                                    .flatMap(list -> confirming.of(list, asking, call))
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
}
