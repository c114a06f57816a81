package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// What follows stands in README.md, word for word; ReadmeTest compares.
class JUnitExampleIT {

    @RegisterExtension static final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

    @Test
    void createsATopic() {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(pubsub.endpoint()).usePlaintext().build();
        Topic news = Topic.newBuilder().setName("projects/p/topics/news").build();
        assertThat(PublisherGrpc.newBlockingStub(channel).createTopic(news).getName())
                .isEqualTo("projects/p/topics/news");
        channel.shutdownNow();
    }

    @Test
    void countsWhatWasPublished(EmbeddedPubSub server) {
        assertThat(server.topicCounts()).allMatch(topic -> topic.published() == 0);
    }
}
