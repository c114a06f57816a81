package io.farandole.processors.archive;

import static io.farandole.processors.archive.Said.NOON;
import static io.farandole.processors.archive.Said.again;
import static io.farandole.processors.archive.Said.erased;
import static io.farandole.processors.archive.Said.rated;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.ArchivedEvents.Expired;
import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every archive does for replays: those of the platform, and the one that tests rebuild from.
 */
public abstract class ArchivedEventsContract {

    private static final Set<String> ACTIVITY = Set.of(TopicCatalogue.ACTIVITY.name());
    private static final Duration DAY = Duration.ofDays(1);

    private static final Instant OLD = NOON.minus(DAY.multipliedBy(40));

    private final Delivery first = again(rated("1", "film", 4, NOON, 1), OLD);
    private ArchivedEvents archive;

    /** A new, empty one. */
    protected abstract ArchivedEvents archive() throws IOException;

    /** Keeps what was said on {@code activity}. */
    protected abstract void land(Delivery... deliveries) throws IOException;

    /** Lets go of the first one, which is 40 days older than the others. */
    protected abstract void expireFirst() throws IOException;

    @BeforeEach
    void land() throws IOException {
        archive = archive();
        land(
                first,
                rated("2", "film", 3, NOON, 2),
                rated("1", "other", 2, NOON, 3),
                rated("3", "film", 1, NOON, 4));
    }

    @Test
    void givesWhatLandedAsItWasDelivered() throws IOException {
        ArchivedEvent event = archive.read(new Wanted(ACTIVITY, 0, null), 1).getFirst();

        assertThat(event.position()).isEqualTo(1);
        assertThat(event.topic()).isEqualTo("activity");
        assertThat(event.withheld()).isFalse();
        assertThat(event.delivery().orderingKey()).isEqualTo(first.orderingKey());
        assertThat(event.delivery().data()).isEqualTo(first.data());
        assertThat(event.delivery().publishTime()).isEqualTo(first.publishTime());
        assertThat(event.delivery().attributes())
                .containsEntry("ce-id", first.attributes().get("ce-id"));
    }

    @Test
    void keepsEachOnce() throws IOException {
        land(again(first, NOON.plus(DAY)));

        assertThat(positions(new Wanted(ACTIVITY, 0, null), 9)).containsExactly(1L, 2L, 3L, 4L);
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
    void tellsWhatAnErasedUserHadToldUntilThen() throws IOException {
        Instant erasure = NOON.plus(DAY);
        land(
                erased("1", erasure, 6),
                rated("1", "at once, told first", 4, erasure, 5),
                rated("1", "at once, told last", 4, erasure, 7),
                rated("1", "since", 4, erasure.plusMillis(1), 8),
                rated("1", "heard late", 4, NOON.minus(DAY), 9));

        assertThat(withheld()).containsExactly(1L, 3L, 6L, 9L);
        assertThat(positions(new Wanted(ACTIVITY, 0, null), 99)).hasSize(9);
        assertThat(positions(new Wanted(ACTIVITY, 0, null), 2)).containsExactly(1L, 2L);

        land(erased("1", NOON.minus(DAY.multipliedBy(9)), 10));

        assertThat(withheld()).containsExactly(1L, 3L, 6L, 9L);
    }

    @Test
    void tellsWhatIsPastItsRetention() throws IOException {
        assertThat(archive.expired(ACTIVITY)).isEmpty();

        expireFirst();

        assertThat(positions(new Wanted(ACTIVITY, 0, null), 9)).containsExactly(2L, 3L, 4L);
        assertThat(archive.expired(ACTIVITY)).containsExactly(new Expired("activity", OLD, 1));
        assertThat(archive.expired(Set.of("ticks"))).isEmpty();
    }

    private List<Long> withheld() throws IOException {
        return archive.read(new Wanted(ACTIVITY, 0, null), 99).stream()
                .filter(ArchivedEvent::withheld)
                .map(ArchivedEvent::position)
                .toList();
    }

    private List<Long> positions(Wanted wanted, int most) throws IOException {
        return archive.read(wanted, most).stream().map(ArchivedEvent::position).toList();
    }
}
