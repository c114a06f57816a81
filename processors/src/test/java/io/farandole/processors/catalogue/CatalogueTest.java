package io.farandole.processors.catalogue;

import static io.farandole.events.TopicCatalogue.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.CatalogueEvent;
import io.farandole.events.CatalogueEvent.OfferListed;
import io.farandole.events.CatalogueEvent.OfferModerated;
import io.farandole.events.CatalogueEvent.OfferWithdrawn;
import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.streams.testing.ProcessorDriver;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ProcessorDriver driver = ProcessorDriver.of(Catalogue.describe());

    @Test
    void keepsAnItemWithAllItsOffers() {
        tell(listed("book", "shop-b", "A book", 5), 0);
        tell(listed("book", "shop-a", "A book, 2nd edition", 7), 1);

        assertThat(item("book").title()).isEqualTo("A book, 2nd edition");
        assertThat(item("book").categories()).containsExactly("Novel");
        assertThat(item("book").offers()).containsExactly("shop-a", "shop-b");
        assertThat(offer("shop-b").priceCents()).isEqualTo(900);
        assertThat(offer("shop-b").stock()).isEqualTo(5);
        assertThat(offer("shop-b").approved()).isTrue();
    }

    @Test
    void keepsWhatOnlySomeProducersSay() {
        Instant evening = NOON.plusSeconds(20_000);
        tell(
                new OfferListed(
                        new ItemId("play"),
                        new OfferId("tonight"),
                        "A play",
                        List.of("Drama"),
                        1_200,
                        false,
                        80,
                        "odeon",
                        evening,
                        "SPECTACLE_REPRESENTATION",
                        "SPECTACLE",
                        true,
                        15,
                        evening.minusSeconds(60),
                        48.85,
                        2.34),
                0);
        tell(new StockChanged(new ItemId("play"), new OfferId("tonight"), 79), 1);

        assertThat(offer("tonight").details())
                .isEqualTo(
                        new Details(
                                "SPECTACLE_REPRESENTATION",
                                "SPECTACLE",
                                true,
                                15,
                                evening.minusSeconds(60),
                                48.85,
                                2.34));
        tell(listed("play", "tonight", "A play", 5), 2);
        assertThat(offer("tonight").details()).isNull();
    }

    @Test
    void withdrawsAnOfferUntilItIsListedAgain() {
        tell(listed("book", "shop", "A book", 5), 0);
        tell(new OfferWithdrawn(new ItemId("book"), new OfferId("shop")), 1);

        assertThat(offer("shop").withdrawn()).isTrue();
        assertThat(item("book").offers()).isEmpty();
        assertThat(item("book").title()).isEqualTo("A book");

        tell(listed("book", "shop", "A book", 5), 2);

        assertThat(offer("shop").withdrawn()).isFalse();
        assertThat(item("book").offers()).containsExactly("shop");
    }

    @Test
    void doesNotWithdrawWhatWasListedLater() {
        tell(listed("book", "shop", "A book", 5), 2);
        tell(new OfferWithdrawn(new ItemId("book"), new OfferId("shop")), 1);

        assertThat(offer("shop").withdrawn()).isFalse();
    }

    @Test
    void keepsTheStockAndTheJudgementToldLast() {
        OfferId shop = new OfferId("shop");
        tell(new StockChanged(new ItemId("book"), shop, 2), 5);
        tell(listed("book", "shop", "A book", 9), 0);
        tell(new OfferModerated(new ItemId("book"), shop, false, "no cover"), 6);
        tell(new OfferModerated(new ItemId("book"), shop, true, null), 4);

        assertThat(offer("shop").stock()).isEqualTo(2);
        assertThat(offer("shop").approved()).isFalse();
        assertThat(offer("shop").reason()).isEqualTo("no cover");
    }

    @Test
    void givesAnOfferThatMovedToItsNewItemOnly() {
        tell(listed("old", "shop", "A book", 1), 0);
        tell(listed("new", "shop", "A book", 1), 1);
        tell(new OfferWithdrawn(new ItemId("old"), new OfferId("shop")), 1);

        assertThat(item("old").offers()).isEmpty();
        assertThat(item("new").offers()).containsExactly("shop");
        assertThat(offer("shop").item()).isEqualTo("new");
        assertThat(offer("shop").withdrawn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheSameInAnyOrder(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            String item = "item-" + random.nextInt(3);
            String offer = "offer-" + random.nextInt(4);
            CatalogueEvent event =
                    switch (random.nextInt(5)) {
                        case 0 -> new OfferWithdrawn(new ItemId(item), new OfferId(offer));
                        case 1 ->
                                new StockChanged(
                                        new ItemId(item), new OfferId(offer), random.nextInt(9));
                        case 2 ->
                                new OfferModerated(
                                        new ItemId(item),
                                        new OfferId(offer),
                                        random.nextBoolean(),
                                        null);
                        default -> listed(item, offer, "Title " + i, random.nextInt(9));
                    };
            tell(event, random.nextInt(20));
        }

        driver.foldsCommute(seed);
    }

    private void tell(CatalogueEvent event, long second) {
        driver.pipe(CATALOGUE, event, NOON.plusSeconds(second));
    }

    private Item item(String id) {
        return Objects.requireNonNull(driver.row(Catalogue.ITEMS.at(id)));
    }

    private Offer offer(String id) {
        return Objects.requireNonNull(driver.row(Catalogue.OFFERS.at(id)));
    }

    private static OfferListed listed(String item, String offer, String title, int stock) {
        return new OfferListed(
                new ItemId(item),
                new OfferId(offer),
                title,
                List.of("Novel"),
                900,
                false,
                stock,
                null,
                null);
    }
}
