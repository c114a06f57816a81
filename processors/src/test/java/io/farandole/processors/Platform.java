package io.farandole.processors;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.postgres.DurablePostgres;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The processors as they are run, on a real Pub/Sub server and a durable Postgres, and a producer
 * that knows of them only what is published: topics, attributes and JSON.
 */
final class Platform implements AutoCloseable {

    static final String SOURCE = "test/app";

    private static final String PROJECT = "farandole-test";
    private static final int ACK_DEADLINE_SECONDS = 60;

    private final DurablePostgres postgres = DurablePostgres.temporary();
    private final EmbeddedPubSub pubSub = EmbeddedPubSub.start();
    private final ManagedChannel channel =
            ManagedChannelBuilder.forTarget(pubSub.endpoint()).usePlaintext().build();
    private final Map<String, Publisher> publishers = new HashMap<>();
    private final Path objects = Files.createTempDirectory("farandole-objects-");
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();
    private final Map<String, Object> more;

    /** With all processors running. */
    Platform() throws IOException {
        this(List.of());
    }

    /** With some of the processors running; none named means all. */
    Platform(List<String> names) throws IOException {
        this(names, Map.of());
    }

    /**
     * @param more settings of the processors
     */
    Platform(List<String> names, Map<String, Object> more) throws IOException {
        this.more = more;
        provision();
        start(names);
    }

    /** Starts a process with these processors, as one of several. */
    ConfigurableApplicationContext start(List<String> names) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", postgres.jdbcUrl());
        settings.put("spring.datasource.username", postgres.owner().user());
        settings.put("spring.datasource.password", postgres.owner().password());
        settings.put("farandole.objects.directory", objects.toString());
        settings.put("farandole.warehouse.directory", objects.resolve("warehouse").toString());
        settings.put("farandole.streams.processors", String.join(",", names));
        settings.put("spring.cloud.gcp.project-id", PROJECT);
        settings.put("spring.cloud.gcp.pubsub.emulator-host", pubSub.endpoint());
        settings.putAll(more);
        ConfigurableApplicationContext process =
                ProcessorsApplication.builder()
                        .initializers(
                                context ->
                                        context.getEnvironment()
                                                .getPropertySources()
                                                .addFirst(new MapPropertySource("test", settings)))
                        .run();
        started.add(process);
        return process;
    }

    String pubSubEndpoint() {
        return pubSub.endpoint();
    }

    /** What may read and nothing else. */
    JdbcClient reader() {
        return client(postgres.readerDataSource());
    }

    Connection ownerConnection() throws SQLException {
        return postgres.ownerDataSource().getConnection();
    }

    JdbcClient owner() {
        return client(postgres.ownerDataSource());
    }

    /** A message of a source topic, as a producer in any language would write it. */
    static PubsubMessage message(
            String topic, String kind, String id, Instant at, String key, String body) {
        return PubsubMessage.newBuilder()
                .setOrderingKey(key)
                .putAttributes("ce-specversion", "1.0")
                .putAttributes("ce-id", id)
                .putAttributes("ce-source", SOURCE)
                .putAttributes("ce-type", "io.farandole." + topic + "." + kind + ".v1")
                .putAttributes("ce-time", at.toString())
                .putAttributes("content-type", "application/json")
                .setData(ByteString.copyFromUtf8("{\"" + kind + "\":" + body + "}"))
                .build();
    }

    /** Publishes; returns when all is acknowledged. */
    void publish(String topic, List<PubsubMessage> messages)
            throws IOException, ExecutionException, InterruptedException {
        Publisher publisher = publisher(topic);
        List<ApiFuture<String>> sent = new ArrayList<>();
        messages.forEach(message -> sent.add(publisher.publish(message)));
        publisher.publishAllOutstanding();
        ApiFutures.allAsList(sent).get();
    }

    /** Says something of a model's life, as an operator does; returns the event's id. */
    UUID ask(TrainingEvent requested) throws IOException, ExecutionException, InterruptedException {
        String run = requested.run().value();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        UUID uuid = EventId.ingested(now, TopicCatalogue.TRAINING, UUID.randomUUID(), 0);
        String id = uuid.toString();
        Encoded encoded =
                new EventCodec()
                        .encode(
                                new Message<TrainingEvent>(
                                        new Envelope(
                                                id,
                                                "//farandole/test",
                                                TopicCatalogue.TRAINING.typeOf(requested),
                                                TopicCatalogue.TRAINING.subjectOf(requested),
                                                now,
                                                now,
                                                run,
                                                null,
                                                new Cause("//farandole/test", id),
                                                null,
                                                null),
                                        requested),
                                TopicCatalogue.TRAINING);
        publish(
                "training",
                List.of(
                        PubsubMessage.newBuilder()
                                .setData(ByteString.copyFrom(encoded.data()))
                                .putAllAttributes(encoded.attributes())
                                .setOrderingKey(encoded.orderingKey())
                                .build()));
        return uuid;
    }

    @Override
    public void close() {
        started.forEach(ConfigurableApplicationContext::close);
        publishers.values().forEach(Publisher::shutdown);
        channel.shutdownNow();
        pubSub.close();
        postgres.close();
        deleteObjects();
    }

    private void deleteObjects() {
        try (Stream<Path> all = Files.walk(objects)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void provision() throws IOException {
        TopicAdminSettings topicSettings =
                TopicAdminSettings.newBuilder()
                        .setTransportChannelProvider(transport())
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        SubscriptionAdminSettings subscriptionSettings =
                SubscriptionAdminSettings.newBuilder()
                        .setTransportChannelProvider(transport())
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        try (TopicAdminClient topics = TopicAdminClient.create(topicSettings);
                SubscriptionAdminClient subscriptions =
                        SubscriptionAdminClient.create(subscriptionSettings)) {
            for (Topic<?> topic : TopicCatalogue.all()) {
                TopicName name = TopicName.of(PROJECT, topic.name());
                topics.createTopic(name);
                for (String reader : topic.readers()) {
                    subscriptions.createSubscription(
                            Subscription.newBuilder()
                                    .setName(
                                            SubscriptionName.of(
                                                            PROJECT, topic.subscriptionOf(reader))
                                                    .toString())
                                    .setTopic(name.toString())
                                    .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
                                    .setEnableMessageOrdering(true)
                                    .build());
                }
            }
        }
    }

    private Publisher publisher(String topic) throws IOException {
        Publisher known = publishers.get(topic);
        if (known == null) {
            known =
                    Publisher.newBuilder(TopicName.of(PROJECT, topic))
                            .setEnableMessageOrdering(true)
                            .setChannelProvider(transport())
                            .setCredentialsProvider(NoCredentialsProvider.create())
                            .build();
            publishers.put(topic, known);
        }
        return known;
    }

    private TransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }

    private static JdbcClient client(DataSource source) {
        return JdbcClient.create(source);
    }
}
