package io.farandole.orchestrator.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.OperationEvent.ListRefreshRequested;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishingEventsIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void theNextEventOfAKeyThatHasFailedIsTaken() throws IOException {
        try (EmbeddedPubSub pubSub = EmbeddedPubSub.start()) {
            ManagedChannel channel =
                    ManagedChannelBuilder.forTarget(pubSub.endpoint()).usePlaintext().build();
            try {
                FixedTransportChannelProvider transport =
                        FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
                DefaultPublisherFactory factory = new DefaultPublisherFactory(() -> "p");
                factory.setCredentialsProvider(NoCredentialsProvider.create());
                factory.setChannelProvider(transport);
                factory.setEnableMessageOrdering(true);
                PublishingEvents publishing = new PublishingEvents(factory, Clock.systemUTC());
                assertThat(publish(publishing)).failsWithin(LONG);

                createTopic(transport);

                assertThat(rested(publishing)).succeedsWithin(LONG);
                assertThat(publish(publishing)).succeedsWithin(LONG);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static CompletableFuture<String> publish(PublishingEvents publishing) {
        return publishing.publish(
                TopicCatalogue.OPERATIONS, new ListRefreshRequested(new UserId("42")), null);
    }

    /** Publishes as soon as the key has rested. */
    private static CompletableFuture<String> rested(PublishingEvents publishing) {
        return await().atMost(LONG)
                .until(
                        () -> publish(publishing),
                        published ->
                                !published.isCompletedExceptionally()
                                        || !PublishingEvents.RESTS.equals(
                                                published.exceptionNow().getMessage()));
    }

    private static void createTopic(FixedTransportChannelProvider transport) throws IOException {
        try (TopicAdminClient topics =
                TopicAdminClient.create(
                        TopicAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build())) {
            topics.createTopic(TopicName.of("p", TopicCatalogue.OPERATIONS.name()));
        }
    }
}
