package io.farandole.local.importing;

import java.time.Clock;
import java.time.Duration;

/** Publishes a data set as events: what there is first, then what users did, as it happened. */
public final class Importing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventSet events;
    private final EventPublisher publisher;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param address host and port of the Pub/Sub server
     */
    public Importing(EventSet events, String address, String project) {
        this.events = events;
        this.publisher = new EventPublisher(address, project, PATIENCE);
    }

    /**
     * Returns when every event is acknowledged.
     *
     * @throws NotAcknowledged if the server does not answer or refuses
     */
    public void run() {
        events.offers(clock, publisher::publish);
        publisher.flush();
        events.acts(clock, publisher::publish);
        publisher.flush();
    }

    /** How many events have arrived so far. */
    public long acknowledged() {
        return publisher.acknowledged();
    }

    @Override
    public void close() {
        publisher.close();
    }
}
