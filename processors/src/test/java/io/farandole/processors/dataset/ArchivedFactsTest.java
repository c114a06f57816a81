package io.farandole.processors.dataset;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.listed;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.EventCodec;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.MemoryArchive;
import io.farandole.processors.archive.Said;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchivedFactsTest {

    @Test
    void areWhatAnItemsLastListingTold() throws Exception {
        assertThat(
                        facts(
                                        listed(
                                                "film",
                                                "1",
                                                "The Third, again!",
                                                "NOIR",
                                                NOON.plusSeconds(5),
                                                1),
                                        listed("film", "2", "An earlier one", "WAR", NOON, 2),
                                        listed("play", "3", "Antigone", "STAGE", NOON, 3))
                                .ofItems())
                .isEqualTo(
                        Map.of(
                                "film",
                                List.of("category=NOIR", "title~the", "title~third", "title~again"),
                                "play",
                                List.of("category=STAGE", "title~antigone")));
    }

    @Test
    void passOverWhatIsNothingOfTheCatalogue() throws Exception {
        Delivery junk = Said.message("item:1", Map.of("ce-id", "junk"), new byte[] {1}, NOON);

        assertThat(facts(junk, listed("film", "1", "M", "NOIR", NOON, 1)).ofItems())
                .containsOnlyKeys("film");
    }

    private static ItemFacts facts(Delivery... deliveries) throws Exception {
        MemoryArchive archive = new MemoryArchive(0);
        archive.land(List.of(new Consignment(TopicCatalogue.CATALOGUE, List.of(deliveries))), NOON);
        return new ArchivedFacts(new EventCodec()).read(archive);
    }
}
