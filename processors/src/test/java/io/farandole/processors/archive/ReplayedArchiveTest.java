package io.farandole.processors.archive;

import static io.farandole.processors.archive.Said.NOON;

import io.farandole.events.TopicCatalogue;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.Landing.Consignment;
import java.util.List;

class ReplayedArchiveTest extends ArchivedEventsContract {

    private final MemoryArchive archive = new MemoryArchive(33);

    @Override
    protected ArchivedEvents archive() {
        return new ReplayedArchive(archive);
    }

    @Override
    protected void land(Delivery... deliveries) {
        archive.land(List.of(new Consignment(TopicCatalogue.ACTIVITY, List.of(deliveries))), NOON);
    }

    @Override
    protected void expireFirst() {
        archive.keepHouse(NOON);
    }
}
