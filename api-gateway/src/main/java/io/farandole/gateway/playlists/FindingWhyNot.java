package io.farandole.gateway.playlists;

import io.farandole.events.OfferId;
import io.farandole.events.UserId;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Rule;
import io.farandole.gateway.eligibility.Rules;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Offers;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out why a user is not shown an offer, or in which place. */
@Component
class FindingWhyNot {

    private final ReadingUsers users;
    private final Offers offers;
    private final Askings askings;

    FindingWhyNot(ReadingUsers users, Offers offers, Askings askings) {
        this.users = users;
        this.offers = offers;
        this.askings = askings;
    }

    /**
     * Why a user is not shown an offer, or in which place.
     *
     * @param wish what the list is asked for with
     * @return empty if nobody knows the offer
     */
    Mono<WhyNot> of(UserId user, OfferId offer, Wish wish, Call call) {
        return Mono.zip(
                        users.of(user, call.skips()),
                        offers.all(call.skips()),
                        offers.now(List.of(offer.value())))
                .mapNotNull(
                        all -> {
                            OfferFacts facts = all.getT3().get(offer.value());
                            return facts == null
                                    ? null
                                    : whyNot(user, facts, wish, all.getT1(), all.getT2());
                        });
    }

    private WhyNot whyNot(
            UserId user, OfferFacts offer, Wish wish, Known known, Assortment assortment) {
        Asking asking = askings.of(known, assortment, wish.sized(Choosing.PRESELECTED).unmixed());
        List<String> rules = Rules.against(offer, asking).stream().map(Rule::text).toList();
        List<OfferFacts> order =
                Choosing.ordered(
                        Candidates.ofUser(known, assortment, asking, Before.NOTHING).parts(),
                        asking,
                        0,
                        Integer.MAX_VALUE);
        return WhyNot.of(user, offer, rules, order);
    }
}
