package io.farandole.processors.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.farandole.events.Cause;
import io.farandole.events.Decoded;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.EventCodec;
import io.farandole.events.EventId;
import io.farandole.events.Message;
import io.farandole.events.RunId;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.TrainingEvent;
import io.farandole.events.TrainingEvent.DatasetReady;
import io.farandole.events.TrainingEvent.ModelTrained;
import io.farandole.processors.TownInteractions;
import io.farandole.processors.objects.CloudObjects;
import io.farandole.processors.objects.StorageStandIn;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.recommenders.dataset.DataSet;
import io.farandole.recommenders.dataset.DataSetDirectory;
import io.farandole.recommenders.model.TrainedModel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The job's program, with a bucket and a broker on this machine. */
class TrainingJobIT {

    private static final String PROJECT = "farandole-test";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final DatasetReady READY =
            new DatasetReady(
                    new RunId("run-1"),
                    "datasets/town",
                    "town",
                    80,
                    80,
                    960,
                    80,
                    List.of("popularity", "ease:lambda=20"));

    @TempDir private static Path temporary;

    private static StorageStandIn bucket;
    private static CloudObjects objects;
    private static EmbeddedPubSub broker;
    private static ManagedChannel channel;
    private static SubscriptionAdminClient subscriptions;

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        bucket = new StorageStandIn("farandole-test");
        objects = CloudObjects.in("farandole-test", bucket.host(), temporary.resolve("copies"));
        Path dataset = temporary.resolve("dataset");
        new DataSetDirectory(dataset).write(DataSet.of(TownInteractions.of(4, 80, 80, 12)));
        objects.put(READY.dataset(), dataset);
        broker = EmbeddedPubSub.start();
        channel = ManagedChannelBuilder.forTarget(broker.endpoint()).usePlaintext().build();
        try (TopicAdminClient topics =
                TopicAdminClient.create(
                        TopicAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build())) {
            topics.createTopic(TopicName.of(PROJECT, "training"));
        }
        subscriptions =
                SubscriptionAdminClient.create(
                        SubscriptionAdminSettings.newBuilder()
                                .setTransportChannelProvider(transport())
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        subscriptions.createSubscription(
                Subscription.newBuilder()
                        .setName(SubscriptionName.of(PROJECT, "hearing").toString())
                        .setTopic(TopicName.of(PROJECT, "training").toString())
                        .build());
    }

    @AfterAll
    static void end() {
        subscriptions.close();
        channel.shutdownNow();
        broker.close();
        bucket.close();
    }

    @Test
    void trainsItsCandidatePutsTheModelAndSaysSo() throws Exception {
        assertThat(run(arguments("2", "1073741824"))).as(this::said).isZero();

        List<Message<TrainingEvent>> heard = heard();
        assertThat(heard).hasSize(1);
        ModelTrained trained = (ModelTrained) heard.getFirst().event();
        assertThat(trained.candidate()).isEqualTo(2);
        assertThat(trained.candidates()).isEqualTo(2);
        assertThat(trained.spec()).isEqualTo("ease:lambda=20");
        assertThat(TrainedModel.load(objects.fetch(trained.model())).checksum())
                .isEqualTo(trained.model().substring("models/".length()));
        Envelope envelope = heard.getFirst().envelope();
        assertThat(envelope.causedBy()).isEqualTo(new Cause("app", "booking-7"));
        assertThat(envelope.correlationId()).isEqualTo("run-1");
        assertThat(envelope.causationId()).isEqualTo(id().toString());
    }

    @Test
    void saysWhyItIsGivenUp() {
        List<String> hasty = new ArrayList<>(arguments("1", "1073741824"));
        hasty.set(hasty.indexOf("PT2M"), "PT0.001S");

        assertThat(run(hasty)).as(this::said).isEqualTo(TrainingJob.GIVEN_UP);
        assertThat(said()).contains("popularity").contains("took longer than PT0.001S");
    }

    @Test
    void saysOneThingHoweverOftenItRuns() {
        Message<TrainingEvent> because = new Message<>(envelope(), READY);
        ModelTrained one = trained(1, 0.5);

        String id = TrainingJob.said(because, one).envelope().id();

        // Another time it takes longer; another candidate is another thing.
        assertThat(TrainingJob.said(because, trained(1, 0.7)).envelope().id()).isEqualTo(id);
        assertThat(TrainingJob.said(because, trained(2, 0.5)).envelope().id()).isNotEqualTo(id);
    }

    @Test
    void failsWhereNobodyCanBeTold() {
        Message<TrainingEvent> said =
                TrainingJob.said(new Message<>(envelope(), READY), trained(1, 0.5));

        assertThatThrownBy(() -> Announcing.publish(said, "elsewhere", broker.endpoint()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the model is trained, but nobody could be told");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(run(arguments("3", "1073741824"))).isEqualTo(TrainingJob.WRONG_USAGE);
        assertThat(said()).contains("--candidate 3: there are 2");
        assertThat(run(List.of("--bucket", "b"))).isEqualTo(TrainingJob.WRONG_USAGE);
        assertThat(said()).contains("--attributes is missing");
        assertThat(
                        TrainingJob.run(
                                new String[0],
                                Map.of(),
                                new PrintStream(words, true, StandardCharsets.UTF_8)))
                .isEqualTo(TrainingJob.WRONG_USAGE);
        assertThat(said()).contains("FARANDOLE_PROJECT is not set");
    }

    private int run(List<String> arguments) {
        return TrainingJob.run(
                arguments.toArray(String[]::new),
                environment(),
                new PrintStream(words, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return words.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("FARANDOLE_PROJECT", PROJECT);
        environment.put("STORAGE_EMULATOR_HOST", bucket.host().toString());
        environment.put("PUBSUB_EMULATOR_HOST", broker.endpoint());
        return environment;
    }

    private static ModelTrained trained(int candidate, double seconds) {
        return new ModelTrained(
                READY.run(), READY.dataset(), "models/m", "popularity", candidate, 2, seconds);
    }

    private static Envelope envelope() {
        return new Envelope(
                id().toString(),
                "farandole/dataset",
                TopicCatalogue.TRAINING.typeOf(READY),
                TopicCatalogue.TRAINING.subjectOf(READY),
                NOON,
                NOON,
                READY.run().value(),
                null,
                new Cause("app", "booking-7"),
                null,
                null);
    }

    private static List<String> arguments(String candidate, String memory) {
        Encoded said =
                new EventCodec().encode(new Message<>(envelope(), READY), TopicCatalogue.TRAINING);
        return List.of(
                "--bucket",
                "farandole-test",
                "--attributes",
                JsonMapper.builder().build().writeValueAsString(said.attributes()),
                "--event",
                new String(said.data(), StandardCharsets.UTF_8),
                "--candidate",
                candidate,
                "--memory",
                memory,
                "--longest",
                "PT2M");
    }

    private static UUID id() {
        return EventId.ingested(NOON, TopicCatalogue.TRAINING, new UUID(1, 2), 0);
    }

    private static List<Message<TrainingEvent>> heard() {
        List<Message<TrainingEvent>> heard = new ArrayList<>();
        while (heard.isEmpty()) {
            for (var received :
                    subscriptions
                            .pull(SubscriptionName.of(PROJECT, "hearing").toString(), 10)
                            .getReceivedMessagesList()) {
                heard.add(read(received.getMessage()));
            }
        }
        return heard;
    }

    private static Message<TrainingEvent> read(PubsubMessage message) {
        Decoded<TrainingEvent> decoded =
                new EventCodec()
                        .decode(
                                TopicCatalogue.TRAINING,
                                message.getAttributesMap(),
                                message.getData().toByteArray(),
                                NOON);
        return ((Decoded.Understood<TrainingEvent>) decoded).message();
    }

    private static TransportChannelProvider transport() {
        return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    }
}
