package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.pubsub.v1.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTopicTest {

    private static final long HOUR = 3_600_000;

    private final LiveTopic topic =
            new LiveTopic(
                    Topic.newBuilder()
                            .setMessageRetentionDuration(Duration.newBuilder().setSeconds(3_600))
                            .build());

    /** As in the replay, where nobody keeps house. */
    @Test
    void holdsNoMoreThanItRetainsHoweverMuchIsPublished() {
        for (int hour = 0; hour < 1_000; hour++) {
            topic.published(List.of(Messages.stored(hour, "", hour * HOUR)));
        }
        List<Long> held = new ArrayList<>();
        topic.held(message -> held.add(message.id()));
        assertThat(held).containsExactly(998L, 999L);
        topic.dropTooOld(1_001 * HOUR);
        assertThat(topic.publishedSince(0)).isEmpty();
    }

    @Test
    void holdsNothingOnceItRetainsNothing() {
        topic.published(List.of(Messages.stored(1, "", HOUR)));
        topic.redefine(Topic.getDefaultInstance());
        topic.published(List.of(Messages.stored(2, "", HOUR)));
        assertThat(topic.publishedSince(0)).isEmpty();
    }
}
