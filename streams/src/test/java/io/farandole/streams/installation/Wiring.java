package io.farandole.streams.installation;

import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.cloud.spring.pubsub.core.PubSubConfiguration;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import com.google.cloud.spring.pubsub.support.DefaultSubscriberFactory;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import com.google.pubsub.v1.ProjectTopicName;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.farandole.streams.Landing;
import io.farandole.streams.Processor;
import io.farandole.streams.relay.OrderedPublishing;
import io.farandole.streams.running.ReplayMeans;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import io.farandole.streams.tracing.Traces;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** What one process needs to reach Postgres and Pub/Sub. */
public final class Wiring implements AutoCloseable {

    private static final String PROJECT = "farandole-test";
    private static final int ACK_DEADLINE_SECONDS = 10;

    private final HikariDataSource database;
    private final ManagedChannel channel;
    private final TopicAdminClient topics;
    private final SubscriptionAdminClient subscriptions;
    private final PubSubAdmin admin;

    public Wiring(String jdbcUrl, String user, String password, String pubSub) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(12);
        pool.setConnectionTimeout(2_000);
        pool.setInitializationFailTimeout(-1);
        database = new HikariDataSource(pool);
        channel = ManagedChannelBuilder.forTarget(pubSub).usePlaintext().build();
        try {
            topics =
                    TopicAdminClient.create(
                            TopicAdminSettings.newBuilder()
                                    .setTransportChannelProvider(transport())
                                    .setCredentialsProvider(NoCredentialsProvider.create())
                                    .build());
            subscriptions =
                    SubscriptionAdminClient.create(
                            SubscriptionAdminSettings.newBuilder()
                                    .setTransportChannelProvider(transport())
                                    .setCredentialsProvider(NoCredentialsProvider.create())
                                    .build());
            admin = new PubSubAdmin(() -> PROJECT, topics, subscriptions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DataSource database() {
        return database;
    }

    public PubSubAdmin admin() {
        return admin;
    }

    public SubscriptionAdminClient subscriptions() {
        return subscriptions;
    }

    /** A topic that keeps what was published before a subscription was made. */
    public void createTopic(String name, Duration retention) {
        topics.createTopic(
                Topic.newBuilder()
                        .setName(ProjectTopicName.format(PROJECT, name))
                        .setMessageRetentionDuration(
                                com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(retention.toSeconds()))
                        .build());
    }

    public void createSubscription(String topic, String reader) {
        admin.createSubscription(
                Subscription.newBuilder()
                        .setTopic(topic)
                        .setName(topic + "." + reader)
                        .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                        .setEnableMessageOrdering(true));
    }

    public PublisherFactory publishers() {
        DefaultPublisherFactory factory = new DefaultPublisherFactory(() -> PROJECT);
        factory.setChannelProvider(transport());
        factory.setCredentialsProvider(NoCredentialsProvider.create());
        factory.setCustomizers(List.of(new OrderedPublishing()));
        return factory;
    }

    public SubscriberFactory subscribers() {
        PubSubConfiguration configuration = new PubSubConfiguration();
        configuration.initialize(PROJECT);
        DefaultSubscriberFactory factory =
                new DefaultSubscriberFactory(() -> PROJECT, configuration);
        factory.setChannelProvider(transport());
        factory.setCredentialsProvider(NoCredentialsProvider.create());
        factory.setFlowControlSettings(
                FlowControlSettings.newBuilder()
                        .setMaxOutstandingElementCount(1_000L)
                        .setMaxOutstandingRequestBytes(32_000_000L)
                        .build());
        return factory;
    }

    public Streams streams(StreamsSettings settings, Processor... processors) {
        return streams(settings, ReplayMeans.NONE, processors);
    }

    /** With what replays need. */
    public Streams streams(StreamsSettings settings, ReplayMeans means, Processor... processors) {
        return streams(database, subscribers(), settings, List.of(processors), List.of(), means);
    }

    public Streams streams(
            StreamsSettings settings, List<Processor> processors, List<Landing> landings) {
        return streams(database, subscribers(), settings, processors, landings, ReplayMeans.NONE);
    }

    /** On a database that is not as it should be, with what replays need. */
    public Streams streams(
            DataSource other,
            StreamsSettings settings,
            ReplayMeans means,
            Processor... processors) {
        return streams(other, subscribers(), settings, List.of(processors), List.of(), means);
    }

    /** On a database that is not as it should be. */
    public Streams streams(DataSource other, StreamsSettings settings, Processor... processors) {
        return streams(other, subscribers(), settings, processors);
    }

    public Streams streams(
            DataSource other,
            SubscriberFactory subscribers,
            StreamsSettings settings,
            Processor... processors) {
        return streams(
                other, subscribers, settings, List.of(processors), List.of(), ReplayMeans.NONE);
    }

    private Streams streams(
            DataSource other,
            SubscriberFactory subscribers,
            StreamsSettings settings,
            List<Processor> processors,
            List<Landing> landings,
            ReplayMeans means) {
        return streams(
                other, subscribers, settings, processors, landings, means, Clock.systemUTC());
    }

    /** By a clock of its own, with what replays need. */
    public Streams streams(
            StreamsSettings settings, ReplayMeans means, Clock clock, Processor... processors) {
        return streams(
                database, subscribers(), settings, List.of(processors), List.of(), means, clock);
    }

    private Streams streams(
            DataSource other,
            SubscriberFactory subscribers,
            StreamsSettings settings,
            List<Processor> processors,
            List<Landing> landings,
            ReplayMeans means,
            Clock clock) {
        return new Streams(
                processors,
                landings,
                other,
                subscribers,
                publishers(),
                clock,
                new SimpleMeterRegistry(),
                settings,
                means,
                Traces.NONE);
    }

    @Override
    public void close() {
        admin.close();
        database.close();
        channel.shutdownNow();
    }

    private FixedTransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }
}
