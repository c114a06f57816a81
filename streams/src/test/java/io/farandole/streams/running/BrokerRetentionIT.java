package io.farandole.streams.running;

import static io.farandole.events.TopicCatalogue.ACTIVITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farandole.events.ActivityEvent;
import io.farandole.events.Topic;
import io.farandole.streams.Outcome;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.installation.Installation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The horizon is held against what the broker keeps, whatever the catalogue says that it should.
 */
class BrokerRetentionIT {

    private final Installation installation = new Installation();

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void refusesToStartWhereTheTopicKeepsMessagesForLonger() {
        installation.wiring().createTopic("activity", Duration.ofDays(31));
        installation.wiring().createSubscription("activity", "silent");

        Streams streams = streams(30);

        assertThatThrownBy(streams::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "silent does not start: the broker keeps messages of subscription"
                                + " activity.silent for 31 days, but their ids are remembered for"
                                + " 30 (farandole.streams.horizon-days)");
        assertThat(streams.isRunning()).isFalse();
        starts(31);
    }

    @Test
    void refusesToStartWhereTheSubscriptionDoes() {
        installation.wiring().createTopic("activity", Duration.ofDays(1));
        installation.wiring().createSubscription("activity", "silent");

        assertThatThrownBy(() -> streams(6).start())
                .hasMessageContaining("for 7 days, but their ids are remembered for 6");
        starts(7);
    }

    @Test
    void startsWhereThereIsNoSubscriptionYet() {
        starts(1);
    }

    private void starts(int horizonDays) {
        Streams streams = streams(horizonDays);
        streams.start();
        assertThat(streams.isRunning()).isTrue();
        streams.stop();
    }

    private Streams streams(int horizonDays) {
        StreamsSettings usual = StreamsSettings.defaults();
        StreamsSettings settings =
                new StreamsSettings(
                        List.of(),
                        1,
                        usual.batch(),
                        usual.outstandingSize(),
                        horizonDays,
                        usual.longestRestartPause(),
                        usual.drain(),
                        usual.settledRetention(),
                        usual.relay(),
                        usual.work());
        return installation
                .wiring()
                .streams(
                        settings,
                        new ReplayMeans(null, installation.wiring().subscriptions()),
                        silent());
    }

    /** Of a topic that is said to keep messages for a day. */
    private static Processor silent() {
        Topic<ActivityEvent> said =
                new Topic<>(
                        ACTIVITY.name(),
                        ACTIVITY.ring(),
                        ACTIVITY.family(),
                        ACTIVITY.subject(),
                        Duration.ofDays(1),
                        ACTIVITY.sequenced(),
                        ACTIVITY.writers(),
                        ACTIVITY.readers());
        return Processor.named("silent")
                .reads(Source.of(said, (_, _) -> {}, (_, _) -> Outcome.APPLIED))
                .build();
    }
}
