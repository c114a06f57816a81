package io.farandole.local.inspecting;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.local.inspecting.Room.InTables;
import io.farandole.local.inspecting.Room.Taken;
import io.farandole.local.running.Bounds;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final Bounds BOUNDS = new Bounds(100 * MEGABYTE, 7, 1, 33, 0, 0);

    @Test
    void tellsOfEachPartWhatItTakesAndWhatBoundsIt() {
        Room room =
                Room.of(
                        BOUNDS,
                        40 * MEGABYTE,
                        new InTables(3 * MEGABYTE, 2 * MEGABYTE, MEGABYTE),
                        7 * MEGABYTE);

        assertThat(room.table().lines())
                .map(line -> line.strip().replaceAll(" +", " "))
                .contains(
                        "journal 40 MB 100 MB 7.00 days --journal-limit, --journal-days",
                        "outbox 3 MB 1.00 days farandole.streams.relay.retention",
                        "inboxes 2 MB 33.0 days farandole.streams.horizon-days",
                        "ingestion's inbox 1 MB for ever farandole.streams.source-horizon-days",
                        "raw 7 MB for ever farandole.warehouse.retention-days");
        assertThat(room.nearlyFull()).isEmpty();
    }

    @Test
    void saysForHowLongIngestionRemembersWhereThatIsBounded() {
        Room room = Room.of(new Bounds(MEGABYTE, 7, 1, 33, 40, 0), 0, null, null);

        assertThat(room.table().lines())
                .map(line -> line.strip().replaceAll(" +", " "))
                .contains(
                        "ingestion's inbox not known 40.0 days"
                                + " farandole.streams.source-horizon-days");
    }

    @Test
    void saysWhatIsNearlyFullAndWhatItCannotTell() {
        Room room = Room.of(BOUNDS, 95 * MEGABYTE, null, null);

        assertThat(room.nearlyFull()).extracting(Taken::what).containsExactly("journal");
        assertThat(room.table().lines()).anyMatch(line -> line.contains("not known"));
    }
}
