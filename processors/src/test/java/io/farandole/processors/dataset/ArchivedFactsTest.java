package io.farandole.processors.dataset;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.listed;
import static io.farandole.processors.archive.Said.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.EventCodec;
import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.MemoryArchive;
import io.farandole.processors.archive.Said;
import io.farandole.processors.archive.Selection;
import io.farandole.recommenders.dataset.ItemFacts;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Test
    void areOfWhatIsOfferedOrWasMet() throws Exception {
        Delivery[] told = {
            listed("gone", "1", "Gone", "NOIR", NOON, 1),
            withdrawn("gone", "1", NOON.plusSeconds(5), 2),
            listed("met", "2", "Met", "NOIR", NOON, 3),
            withdrawn("met", "2", NOON.plusSeconds(5), 4),
            listed("offered", "3", "Offered", "NOIR", NOON, 5),
            listed("offered", "4", "Offered", "NOIR", NOON, 6),
            withdrawn("offered", "4", NOON.plusSeconds(5), 7),
            withdrawn("again", "5", NOON, 8),
            listed("again", "5", "Again", "NOIR", NOON.plusSeconds(5), 9)
        };
        for (List<Delivery> order : List.of(List.of(told), List.of(told).reversed())) {
            assertThat(facts(Set.of("met"), order).ofItems())
                    .containsOnlyKeys("met", "offered", "again");
        }
    }

    private static ItemFacts facts(Delivery... deliveries) throws Exception {
        return facts(Set.of(), List.of(deliveries));
    }

    private static ItemFacts facts(Set<String> met, List<Delivery> deliveries) throws Exception {
        MemoryArchive archive = new MemoryArchive(0);
        archive.land(List.of(new Consignment(TopicCatalogue.CATALOGUE, deliveries)), NOON);
        ArchivedFacts facts = new ArchivedFacts(new EventCodec());
        long _ = archive.read(Selection.of(TopicCatalogue.CATALOGUE), facts::hear);
        return facts.known(met);
    }
}
