package io.farandole.processors.archive;

import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Delivery;
import io.farandole.streams.testing.InMemoryArchive;

/** What tests rebuild from is what the platform rebuilds from. */
class InMemoryArchiveTest extends ArchivedEventsContract {

    private final InMemoryArchive archive = new InMemoryArchive();

    @Override
    protected ArchivedEvents archive() {
        return archive;
    }

    @Override
    protected void land(Delivery... deliveries) {
        for (Delivery delivery : deliveries) {
            archive.add("activity", delivery);
        }
    }

    @Override
    protected void expireFirst() {
        archive.expire(1);
    }
}
