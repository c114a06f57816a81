package io.farandole.gateway.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Encoded;
import io.farandole.events.TopicCatalogue;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failure costs the next messages of its key: nothing. */
class PublishersIT {

    private static final String PROJECT = "p";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final EmbeddedPubSub pubSub = EmbeddedPubSub.start();
    private final ManagedChannel channel =
            ManagedChannelBuilder.forTarget(pubSub.endpoint()).usePlaintext().build();
    private final FixedTransportChannelProvider transport =
            FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));

    @AfterEach
    void close() {
        channel.shutdownNow();
        pubSub.close();
    }

    @Test
    void theNextMessageOfAKeyThatHasFailedIsTaken() throws IOException {
        Publishers publishers = publishers(new Waiting(100, 1_000));
        failsForWantOfItsTopic(publishers);
        createTopic();

        assertThat(rested(publishers)).isNotBlank();
        assertThat(publish(publishers)).isNotBlank();
    }

    @Test
    void whatHasFailedWaitsNoMore() throws IOException {
        Publishers publishers = publishers(new Waiting(2, 1_000));
        for (int i = 0; i < 5; i++) {
            failsForWantOfItsTopic(publishers);
        }
        createTopic();

        assertThat(rested(publishers)).isNotBlank();
    }

    @Test
    void moreThanMayWaitForTheBrokerIsRefused() {
        Publishers publishers = publishers(new Waiting(100, 5));
        pubSub.close();
        assertThat(publishers.publish(TopicCatalogue.USERS, message())).isNotNull();

        assertThatThrownBy(() -> publish(publishers))
                .hasMessage("too much waits for the broker already");
    }

    private static void failsForWantOfItsTopic(Publishers publishers) {
        assertThatThrownBy(() -> rested(publishers)).hasMessageContaining("NOT_FOUND");
    }

    /** Publishes as soon as the key has rested; any other failure is thrown. */
    private static String rested(Publishers publishers) {
        return await().atMost(LONG)
                .until(
                        () -> {
                            try {
                                return publish(publishers);
                            } catch (IllegalStateException e) {
                                if (Publishers.RESTS.equals(e.getMessage())) {
                                    return "";
                                }
                                throw e;
                            }
                        },
                        id -> !id.isEmpty());
    }

    private static String publish(Publishers publishers) {
        return Objects.requireNonNull(
                publishers.publish(TopicCatalogue.USERS, message()).block(LONG));
    }

    private static Encoded message() {
        return new Encoded(Map.of(), "data".getBytes(StandardCharsets.UTF_8), "user:42");
    }

    private Publishers publishers(Waiting waiting) {
        DefaultPublisherFactory factory = new DefaultPublisherFactory(() -> PROJECT);
        factory.setCredentialsProvider(NoCredentialsProvider.create());
        factory.setChannelProvider(transport);
        factory.setCustomizers(List.of(new PublishingConfiguration().inOrderAndQuick()));
        return new Publishers(factory, waiting);
    }

    private void createTopic() throws IOException {
        try (TopicAdminClient topics =
                TopicAdminClient.create(
                        TopicAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build())) {
            topics.createTopic(TopicName.of(PROJECT, TopicCatalogue.USERS.name()));
        }
    }
}
