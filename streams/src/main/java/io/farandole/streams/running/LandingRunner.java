package io.farandole.streams.running;

import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.events.Topic;
import io.farandole.streams.Landing;
import io.farandole.streams.batch.LandedBooks;
import io.farandole.streams.endurance.LastingThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;

/** Runs one landing: a subscription for each topic, and what waits there is landed together. */
final class LandingRunner {

    /** Of little: at most five landings a second, each of what came in a fifth of one. */
    private static final Duration BETWEEN_LANDINGS = Duration.ofMillis(200);

    private final Landing landing;
    private final Watching watching;
    private final SharedLanding shared;
    private final List<SourceRunner> sources = new ArrayList<>();

    /**
     * Opens the place.
     *
     * @throws UncheckedIOException if it cannot be opened
     */
    LandingRunner(
            Landing landing,
            DataSource database,
            StreamsSettings settings,
            SubscriberFactory subscribers,
            StreamsMeters meters,
            ScheduledExecutorService timer,
            Clock clock) {
        this.landing = landing;
        this.watching = meters.watching();
        LandedBooks books = new LandedBooks(database, landing.name());
        try {
            landing.open();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    landing.name() + " cannot be opened: " + e.getMessage(), e);
        }
        this.shared = new SharedLanding(landing, books, BETWEEN_LANDINGS, clock);
        StreamsSettings own = settings.forLanding();
        for (Topic<?> topic : landing.topics()) {
            Labels labels = Labels.ofLanding(landing.name(), topic);
            SourceRunner runner =
                    new SourceRunner(
                            labels.subscription(),
                            sources.size(),
                            shared::left,
                            (batch, _) -> shared.land(topic, batch),
                            meters.of(labels),
                            own,
                            subscribers,
                            timer,
                            clock);
            watching.source(labels, runner);
            sources.add(runner);
        }
    }

    void start() {
        shared.tellAll();
        sources.forEach(SourceRunner::start);
    }

    void stopTaking() {
        sources.forEach(SourceRunner::stopTaking);
    }

    /** Closes the place when the last batch has ended. */
    void finish(long deadline) {
        watching.close();
        sources.forEach(source -> source.finish(deadline));
        landing.close();
    }

    /** After {@link #finish}: until the last acknowledgements are sent. */
    void awaitAcks(long deadline) {
        sources.forEach(source -> source.awaitAcks(deadline));
    }

    /** Starts threads again that an Error ended, and tells the ledger what it lacks. */
    void revive() {
        sources.forEach(source -> source.threads().forEach(LastingThread::revive));
        shared.tellWhatIsUntold();
    }

    void keepHouse() throws IOException {
        shared.keepHouse();
    }

    void report(Map<String, SubscriptionState> subscriptions, Map<String, String> troubles) {
        sources.forEach(source -> source.report(subscriptions, troubles));
        String untold = shared.trouble();
        if (untold != null) {
            troubles.put("Books of " + landing.name(), untold);
        }
    }
}
