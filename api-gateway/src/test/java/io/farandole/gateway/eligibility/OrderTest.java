package io.farandole.gateway.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.gateway.offers.OfferFacts;
import io.farandole.gateway.offers.Position;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One offer an item, mixed, and by distance. */
class OrderTest {

    private static final Position HERE = new Position(48.85, 2.34);

    @Test
    void ofAnItemTheNearestOfferThatMayBeShown() {
        Some some = new Some();
        some.near = HERE;
        List<OfferFacts> offers =
                List.of(
                        at("far", "play", 48.95, 100),
                        at("near", "play", 48.86, 900),
                        at("nearer-but-dear", "play", 48.851, 99_999));
        assertThat(OnePerItem.of(offers, some.asking()).map(OfferFacts::offer)).hasValue("near");
        some.near = null;
        assertThat(OnePerItem.of(offers, some.asking()).map(OfferFacts::offer)).hasValue("far");
        some.purse = Purse.EMPTY;
        assertThat(OnePerItem.of(offers, some.asking())).isEqualTo(Optional.empty());
    }

    @Test
    void mixedByTurnsTheLargestKindFirst() {
        List<OfferFacts> offers =
                List.of(
                        of("c1", "CINEMA"),
                        of("l1", "LIVRE"),
                        of("s1", "SPECTACLE"),
                        of("l2", "LIVRE"),
                        of("l3", "LIVRE"));
        assertThat(Mixing.mixed(offers, Wish.MixedBy.SEARCH_GROUP))
                .extracting(OfferFacts::offer)
                .containsExactly("l1", "c1", "s1", "l2", "l3");
    }

    @Test
    void byDistanceWithWhatIsAnywhereBehind() {
        Some digital = new Some();
        digital.digital = true;
        List<OfferFacts> offers =
                List.of(
                        digital.offer("anywhere", "a"),
                        at("far", "b", 48.95, 0),
                        at("near", "c", 48.86, 0));
        assertThat(ByDistance.sorted(offers, HERE))
                .extracting(OfferFacts::offer)
                .containsExactly("near", "far", "anywhere");
        assertThat(ByDistance.sorted(offers, null)).isEqualTo(offers);
    }

    private static OfferFacts at(String offer, String item, double latitude, int price) {
        Some some = new Some();
        some.priceCents = price;
        some.position = new Position(latitude, 2.34);
        return some.offer(offer, item);
    }

    private static OfferFacts of(String offer, String searchGroup) {
        Some some = new Some();
        some.searchGroup = searchGroup;
        return some.offer(offer, offer);
    }
}
