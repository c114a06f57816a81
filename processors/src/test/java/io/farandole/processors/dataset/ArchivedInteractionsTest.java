package io.farandole.processors.dataset;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.erased;
import static io.farandole.processors.archive.Said.listed;
import static io.farandole.processors.archive.Said.rated;
import static io.farandole.processors.archive.Said.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.MemoryArchive;
import io.farandole.processors.archive.Said;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.Interaction;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchivedInteractionsTest {

    @Test
    void areWhatWasToldLastOfEachItem() throws Exception {
        assertThat(
                        interactions(
                                rated("1", "film", 2, NOON.plusSeconds(5), 1),
                                rated("1", "film", 5, NOON, 2),
                                rated("2", "film", 4, NOON, 3),
                                rated("1", "another", 3, NOON, 4)))
                .containsExactly(
                        new Interaction("1", "another", 3, NOON),
                        new Interaction("1", "film", 2, NOON.plusSeconds(5)),
                        new Interaction("2", "film", 4, NOON));
    }

    @Test
    void knowNothingOfAUserUntilTheErasure() throws Exception {
        assertThat(
                        interactions(
                                rated("1", "before", 2, NOON, 1),
                                erased("1", NOON.plusSeconds(5), 2),
                                rated("1", "heard late", 2, NOON.plusSeconds(3), 3),
                                rated("1", "after", 2, NOON.plusSeconds(9), 4)))
                .containsExactly(new Interaction("1", "after", 2, NOON.plusSeconds(9)));
    }

    @Test
    void comeWithWhatTheCatalogueTells() throws Exception {
        MemoryArchive archive = new MemoryArchive(0);
        archive.land(
                List.of(
                        new Consignment(
                                TopicCatalogue.ACTIVITY, List.of(rated("1", "film", 2, NOON, 1))),
                        new Consignment(
                                TopicCatalogue.CATALOGUE,
                                List.of(
                                        listed("film", "1", "M", "NOIR", NOON, 2),
                                        listed("gone", "2", "Gone", "NOIR", NOON, 3),
                                        withdrawn("gone", "2", NOON.plusSeconds(1), 4)))),
                NOON);

        Interactions.Extract extract = new ArchivedInteractions(archive).all();

        assertThat(extract.facts().ofItems()).containsOnlyKeys("film");
        assertThat(extract.events()).as("of activity").isEqualTo(1);
        assertThat(extract.archivedTo()).isEqualTo(4);
    }

    @Test
    void passOverWhatIsNoActivity() throws Exception {
        Delivery junk = Said.message("user:1", Map.of("ce-id", "junk"), new byte[] {1}, NOON);

        assertThat(interactions(junk, rated("1", "film", 2, NOON, 1))).hasSize(1);
    }

    @Test
    void makeTheSameDataSetOfTheSameEventsInWhateverOrderAndHoweverOften() throws Exception {
        List<Delivery> events = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 1; i <= 2_000; i++) {
            events.add(
                    rated(
                            "" + random.nextInt(40),
                            "film-" + random.nextInt(60),
                            1 + random.nextInt(5),
                            NOON.plus(Duration.ofMinutes(random.nextInt(5_000))),
                            i));
        }
        events.add(erased("7", NOON.plus(Duration.ofMinutes(2_500)), 3_000));
        String fingerprint = fingerprint(events);

        for (int round = 0; round < 3; round++) {
            List<Delivery> shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, 500));
            Collections.shuffle(shuffled, random);
            assertThat(fingerprint(shuffled)).isEqualTo(fingerprint);
        }
        assertThat(fingerprint(events.subList(0, 1_999))).isNotEqualTo(fingerprint);
    }

    private static String fingerprint(List<Delivery> events) throws Exception {
        return DataSet.of(interactions(events.toArray(Delivery[]::new))).summary().fingerprint();
    }

    private static List<Interaction> interactions(Delivery... deliveries) throws Exception {
        MemoryArchive archive = new MemoryArchive(0);
        archive.land(List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries))), NOON);
        return new ArchivedInteractions(archive).all().interactions();
    }
}
