package io.farandole.pubsub;

import static io.farandole.pubsub.GoogleClient.message;
import static io.farandole.pubsub.GoogleClient.subscription;
import static io.farandole.pubsub.GoogleClient.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFuture;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Google's client for Java with its default settings, but for where the server is. */
class JavaClientIT {

    @RegisterExtension final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

    private GoogleClient admin;
    private TransportChannelProvider transport;

    @BeforeEach
    void connect() {
        admin = new GoogleClient(pubsub.endpoint());
        transport =
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(admin.channel));
    }

    @AfterEach
    void disconnect() {
        admin.close();
    }

    @Test
    void publishesAndReceives() throws Exception {
        admin.create("news", "first");
        Publisher publisher = publisher("news").build();
        List<ApiFuture<String>> published =
                IntStream.range(0, 500).mapToObj(i -> publisher.publish(message("m" + i))).toList();
        Set<String> ids = new HashSet<>();
        for (ApiFuture<String> one : published) {
            ids.add(GoogleClient.idOf(one));
        }
        publisher.shutdown();
        Queue<String> received = new ConcurrentLinkedQueue<>();
        Subscriber subscriber =
                started(
                        "first",
                        (message, reply) -> {
                            received.add(message.getMessageId());
                            reply.ack();
                        });
        await().untilAsserted(() -> assertThat(received).containsExactlyInAnyOrderElementsOf(ids));
        subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
        assertThat(counts().acknowledged()).isEqualTo(500);
    }

    /** Google's emulator keeps giving messages to the streams that are gone, for up to a minute. */
    @Test
    void oneSubscriberAfterAnotherGetsItsMessagesQuickly() throws Exception {
        admin.create("news", "first");
        PubsubMessage[] round =
                IntStream.range(0, 500)
                        .mapToObj(i -> message("m" + i))
                        .toArray(PubsubMessage[]::new);
        for (int i = 0; i < 4; i++) {
            Set<String> ids = Set.copyOf(admin.publish("news", round));
            Queue<String> received = new ConcurrentLinkedQueue<>();
            Subscriber subscriber =
                    started(
                            "first",
                            (message, reply) -> {
                                received.add(message.getMessageId());
                                reply.ack();
                            });
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(received).containsExactlyInAnyOrderElementsOf(ids));
            subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aKeyGoesOnAfterResumePublish() throws Exception {
        admin.createOrdered("news", "first");
        admin.topics.deleteTopic(topic("news"));
        Publisher publisher = publisher("news").setEnableMessageOrdering(true).build();
        ApiFuture<String> lost = publisher.publish(message("lost", "key"));
        assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("NOT_FOUND");
        admin.topics.createTopic(topic("news"));
        admin.subscriptions.deleteSubscription(subscription("first"));
        admin.subscribe(
                com.google.pubsub.v1.Subscription.newBuilder().setEnableMessageOrdering(true),
                "news",
                "first");
        assertThatThrownBy(
                        () -> publisher.publish(message("early", "key")).get(10, TimeUnit.SECONDS))
                .hasMessageContaining("previous runnable failed");
        publisher.resumePublish("key");
        for (int i = 0; i < 50; i++) {
            var _ = publisher.publish(message("" + i, "key"));
        }
        publisher.shutdown();
        Queue<String> received = new ConcurrentLinkedQueue<>();
        Subscriber subscriber =
                started(
                        "first",
                        (message, reply) -> {
                            received.add(message.getData().toStringUtf8());
                            reply.ack();
                        });
        await().untilAsserted(
                        () ->
                                assertThat(received)
                                        .containsExactlyElementsOf(
                                                IntStream.range(0, 50)
                                                        .mapToObj(Integer::toString)
                                                        .toList()));
        subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
    }

    @Test
    void neverHandsOutMoreThanTheFlowControlAllows() throws Exception {
        admin.create("news", "first");
        admin.publish(
                "news",
                IntStream.range(0, 50)
                        .mapToObj(i -> message("m" + i))
                        .toArray(PubsubMessage[]::new));
        AtomicLong most = new AtomicLong();
        Queue<AckReplyConsumer> open = new ConcurrentLinkedQueue<>();
        Subscriber subscriber =
                Subscriber.newBuilder(
                                subscription("first"),
                                (MessageReceiver)
                                        (_, reply) -> {
                                            most.accumulateAndGet(
                                                    counts().outstanding(), Math::max);
                                            open.add(reply);
                                        })
                        .setFlowControlSettings(
                                FlowControlSettings.newBuilder()
                                        .setMaxOutstandingElementCount(5L)
                                        .build())
                        .setChannelProvider(transport)
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        subscriber.startAsync().awaitRunning();
        await().until(() -> open.size() == 5);
        await().until(
                        () -> {
                            for (AckReplyConsumer reply = open.poll();
                                    reply != null;
                                    reply = open.poll()) {
                                reply.ack();
                            }
                            return counts().acknowledged() == 50;
                        });
        subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
        assertThat(most.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void publishesWhatASchemaAllows() throws Exception {
        Schema avro =
                Schema.newBuilder()
                        .setType(Schema.Type.AVRO)
                        .setDefinition(
                                "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}")
                        .build();
        try (SchemaServiceClient schemas =
                SchemaServiceClient.create(
                        SchemaServiceSettings.newBuilder()
                                .setTransportChannelProvider(transport)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build())) {
            Schema made = schemas.createSchema("projects/farandole", avro, "contract");
            assertThat(made.getRevisionId()).isNotEmpty();
            assertThat(schemas.getSchema(made.getName()).getDefinition())
                    .isEqualTo(avro.getDefinition());
            assertThat(schemas.listSchemas("projects/farandole").iterateAll()).hasSize(1);
            admin.topics.createTopic(
                    Topic.newBuilder()
                            .setName(topic("news"))
                            .setSchemaSettings(
                                    SchemaSettings.newBuilder()
                                            .setSchema(made.getName())
                                            .setEncoding(Encoding.JSON))
                            .build());
        }
        Publisher publisher = publisher("news").build();
        assertThat(GoogleClient.idOf(publisher.publish(message("{\"a\":\"b\"}")))).isNotEmpty();
        assertThatThrownBy(() -> GoogleClient.idOf(publisher.publish(message("{\"a\":1}"))))
                .hasMessageContaining("INVALID_ARGUMENT");
        publisher.shutdown();
    }

    @Test
    void isToldInASentenceThatThereAreNoPermissions() {
        admin.create("news");
        assertThatThrownBy(
                        () ->
                                admin.topics.getIamPolicy(
                                        GetIamPolicyRequest.newBuilder()
                                                .setResource(topic("news"))
                                                .build()))
                .isInstanceOf(UnimplementedException.class)
                .hasMessageContaining("does not do google.iam.v1.IAMPolicy/GetIamPolicy");
    }

    private SubscriptionCounts counts() {
        return pubsub.server().subscriptionCounts().getFirst();
    }

    private Publisher.Builder publisher(String topic) {
        return Publisher.newBuilder(topic(topic))
                .setChannelProvider(transport)
                .setCredentialsProvider(NoCredentialsProvider.create());
    }

    private Subscriber started(String id, MessageReceiver receiver) {
        Subscriber subscriber =
                Subscriber.newBuilder(subscription(id), receiver)
                        .setChannelProvider(transport)
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .build();
        subscriber.startAsync().awaitRunning();
        return subscriber;
    }
}
