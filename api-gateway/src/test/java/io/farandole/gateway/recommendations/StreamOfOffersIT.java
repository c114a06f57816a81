package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.CatalogueEvent.StockChanged;
import io.farandole.events.ItemId;
import io.farandole.events.OfferId;
import io.farandole.events.TopicCatalogue;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What becomes of offers shows on lists that are open. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamOfOffersIT {

    private final LiveList live = LiveList.filled();
    private final Platform platform = live.platform();

    @Test
    void tellsOfWhatIsSoldOutBeforeTheCatalogueKnows() throws Exception {
        seats("last-seats", 1);
        live.list(40, "last-seats", "isbn-2");
        try (OpenList open = live.open(null)) {
            open.awaitItems("last-seats,isbn-2");
            live.say(TopicCatalogue.CATALOGUE, stock("last-seats", 0), null);
            open.awaitItems("last-seats,isbn-2", "isbn-2");
            assertThat(
                            platform.count(
                                    "select value ->> 'stock' from catalogue.offers where key = 'last-seats'"))
                    .isEqualTo(1);
            live.say(TopicCatalogue.CATALOGUE, stock("last-seats", 3), null);
            open.awaitItems("last-seats,isbn-2", "isbn-2", "last-seats,isbn-2");
            // One unit less shows nobody anything else.
            live.say(TopicCatalogue.CATALOGUE, stock("last-seats", 2), null);
            live.list(41, "film");
            live.refreshed(41);
            open.awaitItems("last-seats,isbn-2", "isbn-2", "last-seats,isbn-2", "film");
        } finally {
            noSeats("last-seats");
        }
    }

    @Test
    void tellsOfWhatIsThereAgainThatWasNotWhenItWasOpened() throws Exception {
        seats("new-seats", 0);
        live.list(60, "new-seats", "isbn-2");
        try (OpenList open = live.open(null)) {
            open.awaitItems("isbn-2");
            live.say(TopicCatalogue.CATALOGUE, stock("new-seats", 3), null);
            open.awaitItems("isbn-2", "new-seats,isbn-2");
        } finally {
            noSeats("new-seats");
        }
    }

    /** Nobody tells of it: it goes by the clock. */
    @Test
    void tellsOfWhatCanNoLongerBeBooked() throws Exception {
        Instant end = Instant.now().plusSeconds(3);
        seats("late-seats", 1, ",\"details\":{\"bookableUntil\":\"%s\"}".formatted(end));
        live.list(70, "late-seats", "isbn-2");
        try (OpenList open = live.open(null)) {
            open.awaitItems("late-seats,isbn-2");
            open.awaitItems("late-seats,isbn-2", "isbn-2");
            assertThat(Instant.now()).isAfter(end);
        } finally {
            noSeats("late-seats");
        }
    }

    /** An item with one offer, of the same name. */
    private void seats(String name, int stock) {
        seats(name, stock, "");
    }

    private void seats(String name, int stock, String more) {
        platform.put(
                "catalogue.items",
                4,
                name,
                "{\"title\":\"Seats\",\"categories\":[],\"offers\":[\"%s\"]}".formatted(name));
        platform.put(
                "catalogue.offers",
                4,
                name,
                """
                {"item":"%1$s","priceCents":0,"stock":%3$d,"listed":["%2$s","app","1"],
                 "stocked":["%2$s","app","1"]%4$s}
                """
                        .formatted(name, SmallCulture.now().minusSeconds(60), stock, more));
    }

    private void noSeats(String name) {
        platform.run(
                "delete from catalogue.offers where key = '%1$s'; delete from catalogue.items where key = '%1$s'"
                        .formatted(name));
    }

    private static StockChanged stock(String name, int units) {
        return new StockChanged(new ItemId(name), new OfferId(name), units);
    }
}
