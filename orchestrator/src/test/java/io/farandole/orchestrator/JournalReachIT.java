package io.farandole.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.farandole.events.TopicCatalogue;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal itself says how far back it goes. */
class JournalReachIT {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final long DAY = 86_400;

    /** What is let go of while somebody reads. */
    private static final long AN_HOUR = 3_600;

    @TempDir Path journal;

    @Test
    void isWhatTheTopicsSayAndNoLongerThanTheyWereKept() {
        try (EmbeddedPubSub broker = EmbeddedPubSub.builder().journal(journal).start()) {
            ManagedChannel channel =
                    ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
            PublisherBlockingStub topics = PublisherGrpc.newBlockingStub(channel);
            assertThat(topics.createTopic(topic("users", 31)).getName()).endsWith("/users");
            assertThat(topics.createTopic(topic("offers", 3)).getName()).endsWith("/offers");
            Topic shorter = topic("users", 7);
            assertThat(topics.updateTopic(update(shorter)).getName()).endsWith("/users");

            assertThat(JournalReach.of(journal, NOW))
                    .hasSameSizeAs(TopicCatalogue.all())
                    .containsEntry("users", NOW.minusSeconds(7 * DAY - AN_HOUR))
                    .containsEntry("offers", NOW.minusSeconds(3 * DAY - AN_HOUR))
                    .containsEntry("activity", NOW.minusSeconds(31 * DAY - AN_HOUR));

            Instant since = NOW.minusSeconds(2 * DAY);
            Topic longer =
                    topic("users", 31).toBuilder()
                            .putLabels(
                                    JournalReach.KEPT_SINCE, Long.toString(since.getEpochSecond()))
                            .build();
            assertThat(topics.updateTopic(update(longer)).getName()).endsWith("/users");
            assertThat(JournalReach.of(journal, NOW)).containsEntry("users", since);
            assertThat(JournalReach.of(journal, NOW.plusSeconds(60 * DAY)))
                    .containsEntry("users", NOW.plusSeconds(29 * DAY + AN_HOUR));
            channel.shutdownNow();
        }
    }

    private static Topic topic(String name, int days) {
        return Topic.newBuilder()
                .setName("projects/p/topics/" + name)
                .setMessageRetentionDuration(Duration.newBuilder().setSeconds(days * DAY))
                .build();
    }

    private static UpdateTopicRequest update(Topic topic) {
        return UpdateTopicRequest.newBuilder()
                .setTopic(topic)
                .setUpdateMask(
                        FieldMask.newBuilder()
                                .addPaths("message_retention_duration")
                                .addPaths("labels"))
                .build();
    }
}
