package io.farandole.local.importing;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Encoded;
import io.farandole.events.EventCodec;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Says events on their topics through Google's client, in order for each entity, never more than a
 * bounded number ahead of the acknowledgements.
 */
final class EventPublisher implements AutoCloseable {

    private static final int MOST_UNACKNOWLEDGED = 4_000;
    private static final BatchingSettings BATCHING =
            BatchingSettings.newBuilder()
                    .setElementCountThreshold(500L)
                    .setRequestByteThreshold(1_000_000L)
                    .setDelayThresholdDuration(Duration.ofMillis(20))
                    .build();

    /**
     * A broker that is slow to answer is not asked again so soon: every repetition is a duplicate.
     */
    private static final RetrySettings RETRIES =
            RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(200))
                    .setRetryDelayMultiplier(2)
                    .setMaxRetryDelayDuration(Duration.ofSeconds(5))
                    .setInitialRpcTimeoutDuration(Duration.ofMinutes(1))
                    .setRpcTimeoutMultiplier(1)
                    .setMaxRpcTimeoutDuration(Duration.ofMinutes(1))
                    .setTotalTimeoutDuration(Duration.ofMinutes(10))
                    .build();

    private final String address;
    private final String project;
    private final Duration patience;
    private final ManagedChannel channel;
    private final FixedTransportChannelProvider channels;
    private final EventCodec codec = new EventCodec();
    private final Map<Topic<?>, Publisher> publishers = new ConcurrentHashMap<>();
    private final Semaphore permits = new Semaphore(MOST_UNACKNOWLEDGED);
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param patience how long to wait for an acknowledgement before giving up: the client itself
     *     repeats ordered messages for ever
     */
    EventPublisher(String address, String project, Duration patience) {
        this.address = address;
        this.project = project;
        this.patience = patience;
        this.channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
        this.channels = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    /** Returns when there is room for one more unacknowledged event. */
    void publish(Message<?> message) {
        Topic<?> topic =
                TopicCatalogue.byType(message.envelope().type())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "No topic has " + message.envelope().type()));
        Encoded encoded = codec.encode(message, topic);
        acquire(1);
        ApiFutures.addCallback(
                publisher(topic)
                        .publish(
                                PubsubMessage.newBuilder()
                                        .putAllAttributes(encoded.attributes())
                                        .setData(ByteString.copyFrom(encoded.data()))
                                        .setOrderingKey(encoded.orderingKey())
                                        .build()),
                new Acknowledgement(),
                MoreExecutors.directExecutor());
    }

    /** Returns when everything that was published is acknowledged. */
    void flush() {
        publishers.values().forEach(Publisher::publishAllOutstanding);
        acquire(MOST_UNACKNOWLEDGED);
        permits.release(MOST_UNACKNOWLEDGED);
        checkFailure();
    }

    long acknowledged() {
        return acknowledged.sum();
    }

    @Override
    public void close() {
        if (permits.availablePermits() == MOST_UNACKNOWLEDGED) {
            publishers.values().forEach(Publisher::shutdown);
        } else {
            // The client would go on trying until its time is up, and whoever closes would wait.
            publishers.values().forEach(open -> Thread.ofVirtual().start(open::shutdown));
        }
        channel.shutdownNow();
    }

    private void acquire(int wanted) {
        checkFailure();
        try {
            long before = acknowledged();
            while (!permits.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                checkFailure();
                long now = acknowledged();
                if (now == before) {
                    throw new NotAcknowledged(
                            "Pub/Sub at "
                                    + address
                                    + " has acknowledged nothing for "
                                    + patience.toSeconds()
                                    + " s. See what runs with: farandole status");
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledged("Interrupted while events were still unacknowledged.", e);
        }
    }

    private void checkFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new NotAcknowledged(
                    "Pub/Sub at " + address + " refuses events: " + cause.getMessage(), cause);
        }
    }

    private Publisher publisher(Topic<?> topic) {
        return publishers.computeIfAbsent(topic, this::open);
    }

    private Publisher open(Topic<?> topic) {
        try {
            return Publisher.newBuilder(TopicName.of(project, topic.name()))
                    .setChannelProvider(channels)
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setEnableMessageOrdering(true)
                    .setBatchingSettings(BATCHING)
                    .setRetrySettings(RETRIES)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the client calls when an event arrived, or did not. */
    private final class Acknowledgement implements ApiFutureCallback<String> {

        @Override
        public void onSuccess(String messageId) {
            acknowledged.increment();
            permits.release();
        }

        @Override
        public void onFailure(Throwable thrown) {
            failure.compareAndSet(null, thrown);
            permits.release();
        }
    }
}
