package io.farandole.benchmarks.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberBlockingStub;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Google's Java client, connected as its documentation says for emulators. */
final class Client implements AutoCloseable {

    private static final String PROJECT = "benchmarks";

    /** Ample for both servers; the client's own default of 1,000 would be all that is measured. */
    private static final long OUTSTANDING = 20_000;

    private static final long BYTES = 200_000_000;
    private static final Duration START = Duration.ofMinutes(3);

    private final String endpoint;
    private final ManagedChannel administration;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private int routes;

    Client(String endpoint) {
        this.endpoint = endpoint;
        this.administration = channel();
    }

    /** A topic with a subscription, of which nobody else knows. */
    record Route(TopicName topic, ProjectSubscriptionName subscription) {}

    Route create() {
        routes++;
        Route route =
                new Route(
                        TopicName.of(PROJECT, "topic-" + routes),
                        ProjectSubscriptionName.of(PROJECT, "subscription-" + routes));
        topics().createTopic(Topic.newBuilder().setName(route.topic().toString()).build());
        subscriptions()
                .createSubscription(
                        Subscription.newBuilder()
                                .setName(route.subscription().toString())
                                .setTopic(route.topic().toString())
                                .setAckDeadlineSeconds(60)
                                .build());
        return route;
    }

    void delete(Route route) {
        subscriptions()
                .deleteSubscription(
                        DeleteSubscriptionRequest.newBuilder()
                                .setSubscription(route.subscription().toString())
                                .build());
        topics().deleteTopic(
                        DeleteTopicRequest.newBuilder().setTopic(route.topic().toString()).build());
    }

    /** Batches of a thousand, or of what came in ten milliseconds. */
    Publisher batching(Route route) throws IOException {
        return publisher(route)
                .setBatchingSettings(
                        BatchingSettings.newBuilder()
                                .setElementCountThreshold(1000L)
                                .setRequestByteThreshold(1_000_000L)
                                .setDelayThresholdDuration(Duration.ofMillis(10))
                                .setFlowControlSettings(
                                        FlowControlSettings.newBuilder()
                                                .setMaxOutstandingElementCount(OUTSTANDING)
                                                .setMaxOutstandingRequestBytes(BYTES)
                                                .setLimitExceededBehavior(
                                                        LimitExceededBehavior.Block)
                                                .build())
                                .build())
                .build();
    }

    /** With the client's own settings. */
    Publisher usual(Route route) throws IOException {
        return publisher(route).build();
    }

    private Publisher.Builder publisher(Route route) {
        return Publisher.newBuilder(route.topic())
                .setChannelProvider(transport())
                .setCredentialsProvider(NoCredentialsProvider.create());
    }

    /** Runs when it is returned. */
    Subscriber receive(Route route, MessageReceiver receiver) {
        Subscriber subscriber =
                Subscriber.newBuilder(route.subscription(), receiver)
                        .setChannelProvider(transport())
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setFlowControlSettings(
                                FlowControlSettings.newBuilder()
                                        .setMaxOutstandingElementCount(OUTSTANDING)
                                        .setMaxOutstandingRequestBytes(BYTES)
                                        .build())
                        .build();
        subscriber.startAsync().awaitRunning();
        return subscriber;
    }

    /**
     * Asks until there is an answer.
     *
     * @throws IOException when the process ends, or does not answer in time
     */
    void awaitAnswer(Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                var _ =
                        topics().listTopics(
                                        ListTopicsRequest.newBuilder()
                                                .setProject("projects/" + PROJECT)
                                                .build());
                return;
            } catch (StatusRuntimeException _) {
                // it does not listen yet; the next try is not to wait for gRPC's back-off
                administration.resetConnectBackoff();
                Thread.sleep(10);
            }
        }
        throw new IOException("The server at " + endpoint + " did not start, or not in time");
    }

    private FixedTransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel()));
    }

    private ManagedChannel channel() {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(endpoint)
                        .maxInboundMessageSize(20 << 20)
                        .usePlaintext()
                        .build();
        channels.add(channel);
        return channel;
    }

    private PublisherBlockingStub topics() {
        return PublisherGrpc.newBlockingStub(administration)
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private SubscriberBlockingStub subscriptions() {
        return SubscriberGrpc.newBlockingStub(administration)
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
