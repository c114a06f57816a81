package io.farandole.benchmarks.streams;

import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.spring.pubsub.core.PubSubConfiguration;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import com.google.cloud.spring.pubsub.support.DefaultSubscriberFactory;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.farandole.streams.Landing;
import io.farandole.streams.relay.OrderedPublishing;
import io.farandole.streams.running.ReplayMeans;
import io.farandole.streams.running.Streams;
import io.farandole.streams.running.StreamsSettings;
import io.farandole.streams.tracing.Traces;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** What a process needs to count: Postgres and Pub/Sub, connected as the processors' service is. */
final class Connections implements AutoCloseable {

    private static final int POOL = 50;
    private static final long LONGEST_LEASE_SECONDS = 3_600;

    private final Place place;
    private final HikariDataSource database;
    private final ManagedChannel channel;

    /** Where both are. */
    record Place(String jdbcUrl, String user, String password, String pubsub, String project) {}

    Connections(Place place) {
        this.place = place;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(place.jdbcUrl());
        pool.setUsername(place.user());
        pool.setPassword(place.password());
        pool.setMaximumPoolSize(POOL);
        database = new HikariDataSource(pool);
        channel = ManagedChannelBuilder.forTarget(place.pubsub()).usePlaintext().build();
    }

    DataSource database() {
        return database;
    }

    ManagedChannel channel() {
        return channel;
    }

    String project() {
        return place.project();
    }

    Streams streams(boolean output, CountingSettings setting) {
        return streams(output, setting, List.of(), ReplayMeans.NONE);
    }

    /** With what lands beside, and what a rebuild needs. */
    Streams streams(
            boolean output, CountingSettings setting, List<Landing> landings, ReplayMeans means) {
        StreamsSettings settings = setting.settings();
        return new Streams(
                List.of(HourlyViews.processor(output)),
                landings,
                database,
                subscribers(setting.outstanding(), settings.outstandingSize().toBytes()),
                publishers(),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                settings,
                means,
                Traces.NONE);
    }

    SubscriptionAdminClient subscriptions() throws IOException {
        return SubscriptionAdminClient.create(
                SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(transport())
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build());
    }

    PublisherFactory publishers() {
        DefaultPublisherFactory factory = new DefaultPublisherFactory(place::project);
        factory.setChannelProvider(transport());
        factory.setCredentialsProvider(NoCredentialsProvider.create());
        factory.setCustomizers(List.of(new OrderedPublishing()));
        return factory;
    }

    SubscriberFactory subscribers(long messages, long bytes) {
        PubSubConfiguration configuration = new PubSubConfiguration();
        configuration.getSubscriber().setMaxAckExtensionPeriod(LONGEST_LEASE_SECONDS);
        configuration.initialize(place.project());
        DefaultSubscriberFactory factory =
                new DefaultSubscriberFactory(place::project, configuration);
        factory.setChannelProvider(transport());
        factory.setCredentialsProvider(NoCredentialsProvider.create());
        factory.setFlowControlSettings(
                FlowControlSettings.newBuilder()
                        .setMaxOutstandingElementCount(messages)
                        .setMaxOutstandingRequestBytes(bytes)
                        .build());
        return factory;
    }

    private FixedTransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    @Override
    public void close() {
        database.close();
        channel.shutdownNow();
    }
}
