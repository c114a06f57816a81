package io.farandole.processors.training;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Encoded;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one event from a program that has neither a database nor an outbox: it ends well only
 * once the broker has the event, and is begun anew otherwise.
 */
final class Announcing {

    private static final int PATIENCE_SECONDS = 120;

    private Announcing() {}

    /** Now, as envelopes have it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Returns when the broker has acknowledged it.
     *
     * @param emulator host and port of a server without TLS and credentials; null for Google's
     */
    static void publish(Message<TrainingEvent> message, String project, @Nullable String emulator)
            throws IOException, InterruptedException {
        ManagedChannel channel =
                emulator == null || emulator.isBlank()
                        ? null
                        : ManagedChannelBuilder.forTarget(emulator).usePlaintext().build();
        try {
            publish(message, publisher(project, channel));
        } finally {
            if (channel != null) {
                channel.shutdownNow();
            }
        }
    }

    private static void publish(Message<TrainingEvent> message, Publisher publisher)
            throws IOException, InterruptedException {
        Encoded encoded = new EventCodec().encode(message, TopicCatalogue.TRAINING);
        try {
            String _ =
                    publisher
                            .publish(
                                    PubsubMessage.newBuilder()
                                            .setData(ByteString.copyFrom(encoded.data()))
                                            .putAllAttributes(encoded.attributes())
                                            .setOrderingKey(encoded.orderingKey())
                                            .build())
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the model is trained, but nobody could be told: " + e, e);
        } finally {
            publisher.shutdown();
            boolean _ = publisher.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Publisher publisher(String project, @Nullable ManagedChannel channel)
            throws IOException {
        Publisher.Builder builder =
                Publisher.newBuilder(TopicName.of(project, TopicCatalogue.TRAINING.name()))
                        .setEnableMessageOrdering(true);
        if (channel != null) {
            builder.setCredentialsProvider(NoCredentialsProvider.create())
                    .setChannelProvider(
                            FixedTransportChannelProvider.create(
                                    GrpcTransportChannel.create(channel)));
        }
        return builder.build();
    }
}
