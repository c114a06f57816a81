package io.farandole.local.importing;

import io.farandole.local.movielens.DataSet;
import java.time.Clock;
import java.time.Duration;

/** Publishes a data set as events: movies first, then what users did, as it happened. */
public final class Importing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataSet dataSet;
    private final EventPublisher publisher;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param address host and port of the Pub/Sub server
     */
    public Importing(DataSet dataSet, String address, String project) {
        this.dataSet = dataSet;
        this.publisher = new EventPublisher(address, project, PATIENCE);
    }

    /**
     * Returns when every event is acknowledged.
     *
     * @throws NotAcknowledged if the server does not answer or refuses
     */
    public void run() {
        dataSet.movieEvents(clock, publisher::publish);
        publisher.flush();
        dataSet.ratingEvents(clock, publisher::publish);
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
