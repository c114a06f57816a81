package io.farandole.processors.warehouse;

import static io.farandole.processors.archive.Said.NOON;

import io.farandole.events.TopicCatalogue;
import io.farandole.processors.archive.ArchivedEventsContract;
import io.farandole.processors.archive.ReplayedArchive;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The archive that rebuilds read when it is not a test: what replays ask of it. */
class ReplayedDuckDbTest extends ArchivedEventsContract {

    private final DuckDbArchive archive;

    ReplayedDuckDbTest(@TempDir Path temporary) {
        archive = new DuckDbArchive(new WarehouseSettings(temporary, 33));
    }

    @Override
    protected ArchivedEvents archive() throws IOException {
        archive.open();
        return new ReplayedArchive(archive);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Override
    protected void land(Delivery... deliveries) throws IOException {
        archive.land(List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries))), NOON);
    }

    @Override
    protected void expireFirst() throws IOException {
        archive.keepHouse(NOON);
    }
}
