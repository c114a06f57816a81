package io.farandole.benchmarks.api;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.EventAttributes;
import io.farandole.events.Topic;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens to a topic for what goes back to certain events; when that was published, by the broker.
 */
final class Meetings implements AutoCloseable {

    private static final String PROJECT = "farandole-local";

    private final ManagedChannel channel;
    private final SubscriptionAdminClient admin;
    private final SubscriptionName name;
    private final Subscriber subscriber;
    private final Map<String, CompletableFuture<Instant>> awaited = new ConcurrentHashMap<>();

    Meetings(String broker, Topic<?> topic) throws IOException {
        channel = ManagedChannelBuilder.forTarget(broker).usePlaintext().build();
        FixedTransportChannelProvider transport =
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
        name = SubscriptionName.of(PROJECT, topic.name() + ".benchmark");
        admin =
                SubscriptionAdminClient.create(
                        SubscriptionAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        admin.createSubscription(
                Subscription.newBuilder()
                        .setName(name.toString())
                        .setTopic(TopicName.of(PROJECT, topic.name()).toString())
                        .setAckDeadlineSeconds(60)
                        .build());
        subscriber =
                Subscriber.newBuilder(
                                name.toString(),
                                (PubsubMessage message, AckReplyConsumer reply) -> {
                                    reply.ack();
                                    met(message);
                                })
                        .setChannelProvider(transport)
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        subscriber.startAsync().awaitRunning();
    }

    /** Completed with when what goes back to that event was published. */
    CompletableFuture<Instant> awaited(String id) {
        return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void met(PubsubMessage message) {
        CompletableFuture<Instant> one =
                awaited.get(message.getAttributesOrDefault(EventAttributes.CAUSED_BY_ID, ""));
        if (one != null) {
            Timestamp at = message.getPublishTime();
            one.complete(Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
        }
    }

    @Override
    public void close() {
        subscriber.stopAsync().awaitTerminated();
        admin.deleteSubscription(name);
        admin.close();
        channel.shutdownNow();
    }
}
