package io.farandole.benchmarks.streams;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static io.farandole.events.TopicCatalogue.RECOMMENDATIONS;

import com.google.cloud.pubsub.v1.Publisher;
import io.farandole.benchmarks.counting.Awaiting;
import io.farandole.benchmarks.counting.Course;
import io.farandole.benchmarks.counting.Fact;
import io.farandole.benchmarks.counting.Tally;
import io.farandole.benchmarks.process.OtherJvm;
import io.farandole.benchmarks.streams.Connections.Place;
import io.farandole.streams.running.Streams;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A project of its own in Pub/Sub, and emptied schemas in Postgres. */
class FarandoleCourse implements Course {

    private final Place place;
    private final Connections connections;
    private final Topics topics;
    private final State state;
    private final boolean output;
    private final CountingSettings setting;
    private final ViewedMessages messages = new ViewedMessages();
    private final Optional<Outputs> outputs;
    private @Nullable Streams streams;
    private @Nullable Publisher live;

    FarandoleCourse(
            Place place, Connections connections, boolean output, CountingSettings setting) {
        this.place = place;
        this.connections = connections;
        this.output = output;
        this.setting = setting;
        topics = new Topics(connections.channel(), place.project());
        state = new State(connections.database());
        createTopics(topics, setting.ackDeadlineSeconds());
        outputs = output ? Optional.of(new Outputs(connections)) : Optional.empty();
    }

    static FarandoleCourse open(Place place, boolean output, CountingSettings setting)
            throws Exception {
        Connections connections = new Connections(place);
        try {
            new State(connections.database()).clear();
            return new FarandoleCourse(place, connections, output, setting);
        } catch (Exception e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public void publish(Iterator<Fact> facts) throws InterruptedException {
        new BacklogPublishing(connections.channel(), place.project(), ACTIVITY, messages)
                .publish(facts);
    }

    @Override
    public void send(Fact fact) {
        if (live == null) {
            live = connections.publishers().createPublisher(ACTIVITY.name());
        }
        var _ = live.publish(messages.of(fact));
    }

    @Override
    public void start() {
        Streams started = processors(connections, setting);
        started.start();
        streams = started;
    }

    void createTopics(Topics on, int ackDeadlineSeconds) {
        on.create(ACTIVITY, HourlyViews.NAME, ackDeadlineSeconds);
        on.create(RECOMMENDATIONS, Outputs.READER, ackDeadlineSeconds);
    }

    /** What runs in this process. */
    Streams processors(Connections to, CountingSettings set) {
        return to.streams(output, set);
    }

    @Override
    public Process startElsewhere() throws IOException {
        Process process =
                OtherJvm.start(
                        List.of("-Xmx1g", "-XX:+UseG1GC"),
                        FarandoleProcessor.class,
                        List.of(
                                place.jdbcUrl(),
                                place.user(),
                                place.pubsub(),
                                place.project(),
                                Boolean.toString(output),
                                setting.text()));
        // Not as an argument, which every user of the machine can read.
        new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8)
                .println(place.password());
        return process;
    }

    @Override
    public void stop() {
        if (streams != null) {
            streams.stop();
            streams = null;
        }
    }

    @Override
    public long applied() throws Exception {
        return state.applied(HourlyViews.NAME, HourlyViews.FIRST);
    }

    @Override
    public long outputs() {
        return outputs.map(Outputs::distinct).orElse(0L);
    }

    @Override
    public Watch watch(Awaiting awaiting) {
        return new Watching(connections.database(), awaiting);
    }

    @Override
    public void read(Tally tally) throws Exception {
        state.read(HourlyViews.FIRST, tally);
    }

    @Override
    public void close() {
        try (connections) {
            stop();
            outputs.ifPresent(Outputs::close);
            if (live != null) {
                live.shutdown();
            }
            topics.delete();
        }
    }
}
