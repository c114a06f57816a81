package io.farandole.benchmarks.streams;

import static io.farandole.events.TopicCatalogue.ACTIVITY;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import io.farandole.benchmarks.counting.RebuildingCourse;
import io.farandole.benchmarks.counting.Tally;
import io.farandole.benchmarks.streams.Connections.Place;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.streams.batch.GenerationPhase;
import io.farandole.streams.batch.GenerationState;
import io.farandole.streams.batch.RegisteredGenerations;
import io.farandole.streams.replay.ReplayRequest;
import io.farandole.streams.replay.ReplayRequests;
import io.farandole.streams.running.ReplayMeans;
import io.farandole.streams.running.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** With the archive, which lands what comes; a second count is a second generation. */
final class FarandoleRebuilding extends FarandoleCourse implements RebuildingCourse {

    private static final int SECOND = HourlyViews.FIRST + 1;

    private final State state;
    private final Warehouse warehouse;
    private final SubscriptionAdminClient subscriptions;
    private final RegisteredGenerations generations;
    private final ReplayRequests requests;
    private @Nullable Long asked;

    private FarandoleRebuilding(
            Place place, Connections connections, CountingSettings setting, Path directory)
            throws IOException {
        super(place, connections, false, setting);
        state = new State(connections.database());
        warehouse = new Warehouse(directory);
        subscriptions = connections.subscriptions();
        generations = new RegisteredGenerations(connections.database());
        requests = new ReplayRequests(connections.database());
    }

    /**
     * @param directory for the archive
     */
    static FarandoleRebuilding open(Place place, CountingSettings setting, Path directory)
            throws Exception {
        Connections connections = new Connections(place);
        try {
            new State(connections.database()).clear();
            return new FarandoleRebuilding(place, connections, setting, directory);
        } catch (Exception e) {
            connections.close();
            throw e;
        }
    }

    /**
     * All that the archive lands. What was acknowledged is kept, as on the platform: the
     * subscription of a new generation brings some of it again.
     */
    @Override
    void createTopics(Topics on, int ackDeadlineSeconds) {
        for (Topic<?> topic : TopicCatalogue.all()) {
            if (topic.readers().contains(TopicCatalogue.ARCHIVE)) {
                on.create(topic, topic.retention());
                on.subscribe(topic, TopicCatalogue.ARCHIVE, ackDeadlineSeconds);
            }
        }
        on.subscribe(ACTIVITY, HourlyViews.NAME, ackDeadlineSeconds);
    }

    @Override
    Streams processors(Connections to, CountingSettings set) {
        return to.streams(
                false,
                set,
                List.of(warehouse.landing()),
                new ReplayMeans(warehouse.events(), subscriptions));
    }

    @Override
    public long archived() throws Exception {
        return state.applied(TopicCatalogue.ARCHIVE, HourlyViews.FIRST);
    }

    @Override
    public void rebuild() {
        asked =
                requests.ask(
                        ReplayRequest.Kind.START,
                        HourlyViews.NAME,
                        Map.of("evenIfRead", "false", "dryRun", "false"));
    }

    @Override
    public boolean isRead() {
        return hasReached(GenerationPhase.CATCHUP);
    }

    @Override
    public boolean isLevel() {
        return hasReached(GenerationPhase.SHADOW);
    }

    private boolean hasReached(GenerationPhase phase) {
        Long request = asked;
        if (request == null) {
            throw new IllegalStateException("No rebuild was asked for");
        }
        GenerationState second = generations.find(HourlyViews.NAME, SECOND).orElse(null);
        if (second == null) {
            ReplayRequest answered = requests.find(request).orElseThrow();
            if (answered.reason() != null) {
                throw new IllegalStateException("The rebuild is not done: " + answered.reason());
            }
            return false;
        }
        if (second.trouble() != null) {
            throw new IllegalStateException("The rebuild does not get on: " + second.trouble());
        }
        return second.phase().compareTo(phase) >= 0;
    }

    @Override
    public long rebuilt() throws Exception {
        return state.applied(HourlyViews.NAME, SECOND);
    }

    @Override
    public void readRebuilt(Tally tally) throws Exception {
        state.read(SECOND, tally);
    }

    @Override
    public void close() {
        // The processors land in the archive until they are stopped.
        stop();
        try (warehouse;
                subscriptions) {
            super.close();
        }
    }
}
