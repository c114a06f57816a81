package io.farandole.processors.archive;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.erased;
import static io.farandole.processors.archive.Said.rated;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayedArchiveTest {

    private static final Set<String> ACTIVITY = Set.of(TopicCatalogue.ACTIVITY.name());

    private final MemoryArchive archive = new MemoryArchive(0);
    private final ReplayedArchive replayed = new ReplayedArchive(archive);
    private final Delivery first = rated("1", "film", 4, NOON, 1);

    @BeforeEach
    void land() {
        land(
                first,
                rated("2", "film", 3, NOON, 2),
                rated("1", "other", 2, NOON, 3),
                rated("3", "film", 1, NOON, 4));
    }

    @Test
    void givesWhatLandedAsItWasDelivered() throws IOException {
        ArchivedEvent event = replayed.read(new Wanted(ACTIVITY, 0, null), 1).getFirst();

        assertThat(event.position()).isEqualTo(1);
        assertThat(event.topic()).isEqualTo("activity");
        assertThat(event.delivery().orderingKey()).isEqualTo(first.orderingKey());
        assertThat(event.delivery().data()).isEqualTo(first.data());
        assertThat(event.delivery().publishTime()).isEqualTo(first.publishTime());
        assertThat(event.delivery().attributes())
                .containsEntry("ce-id", first.attributes().get("ce-id"));
    }

    @Test
    void goesOnBehindAPositionAndEndsWithFewer() throws IOException {
        assertThat(positions(new Wanted(ACTIVITY, 0, null), 3)).containsExactly(1L, 2L, 3L);
        assertThat(positions(new Wanted(ACTIVITY, 3, null), 3)).containsExactly(4L);
        assertThat(positions(new Wanted(ACTIVITY, 4, null), 3)).isEmpty();
    }

    @Test
    void givesOneKeyOrAnotherTopicAlone() throws IOException {
        assertThat(positions(new Wanted(ACTIVITY, 0, "user:1"), 9)).containsExactly(1L, 3L);
        assertThat(positions(new Wanted(Set.of("ticks"), 0, null), 9)).isEmpty();
    }

    @Test
    void withholdsWhatAnErasedUserToldAndNeedsNoTombstonesForIt() throws IOException {
        land(erased("1", NOON.plus(Duration.ofDays(1)), 5));

        assertThat(positions(new Wanted(ACTIVITY, 0, null), 9)).containsExactly(2L, 4L, 5L);
    }

    private List<Long> positions(Wanted wanted, int most) throws IOException {
        return replayed.read(wanted, most).stream().map(ArchivedEvent::position).toList();
    }

    private void land(Delivery... deliveries) {
        archive.land(List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries))), NOON);
    }
}
