package io.farandole.orchestrator.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.Encoding;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.SchemaSettings;
import com.google.pubsub.v1.Subscription;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.contract.PublishedContract;
import io.farandole.orchestrator.JournalReach;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisioningIT {

    private static final String IMPRESSIONS = "projects/p/topics/impressions";
    private static final String SCHEMA = "projects/p/schemas/farandole-impressions";
    private static final String CANARY = "    optional string canary = 15;\n";
    private static final String SERVED =
            "{\"playlistServed\":{\"user\":\"42\",\"call\":\"c\",\"origin\":\"o\"}}";
    private static final String SERVED_IN_A_TRIAL =
            "{\"playlistServed\":{\"user\":\"42\",\"call\":\"c\",\"origin\":\"o\",\"canary\":\"r2\"}}";

    private EmbeddedPubSub pubSub;
    private ManagedChannel channel;
    private TopicAdminClient topics;
    private SubscriptionAdminClient subscriptions;
    private SchemaServiceClient schemas;
    private PubSubAdmin admin;

    @BeforeEach
    void start() throws IOException {
        pubSub = EmbeddedPubSub.start();
        channel = ManagedChannelBuilder.forTarget(pubSub.endpoint()).usePlaintext().build();
        TransportChannelProvider provider =
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
        topics =
                TopicAdminClient.create(
                        TopicAdminSettings.newBuilder()
                                .setTransportChannelProvider(provider)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        subscriptions =
                SubscriptionAdminClient.create(
                        SubscriptionAdminSettings.newBuilder()
                                .setTransportChannelProvider(provider)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        schemas =
                SchemaServiceClient.create(
                        SchemaServiceSettings.newBuilder()
                                .setTransportChannelProvider(provider)
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        admin = new PubSubAdmin(() -> "p", topics, subscriptions);
    }

    private Provisioning provisioning() {
        return provisioning(ProvisioningSettings.DEFAULT);
    }

    private Provisioning provisioning(ProvisioningSettings settings) {
        return provisioning(settings, new RegisteringSchemas(schemas, "p"));
    }

    private Provisioning provisioning(
            ProvisioningSettings settings, RegisteringSchemas registering) {
        return new Provisioning(admin, topics, subscriptions, registering, () -> "p", settings);
    }

    /** Of a program whose contract for impressions has one thing in place of another. */
    private Provisioning provisioning(String what, String instead) {
        String impressions = PublishedContract.of(TopicCatalogue.IMPRESSIONS);
        assertThat(impressions).containsOnlyOnce(what);
        return provisioning(
                ProvisioningSettings.DEFAULT,
                new RegisteringSchemas(
                        schemas,
                        "p",
                        topic ->
                                topic.equals(TopicCatalogue.IMPRESSIONS)
                                        ? impressions.replace(what, instead)
                                        : PublishedContract.of(topic)));
    }

    /** Of the program before impressions said which release is tried. */
    private Provisioning former() {
        return provisioning(CANARY, "");
    }

    @AfterEach
    void stop() {
        schemas.close();
        admin.close();
        channel.shutdownNow();
        pubSub.close();
    }

    @Test
    void createsWhatTheCatalogueListsAndNothingTwice() {
        Provisioning provisioning = provisioning();

        assertThat(provisioning.provision())
                .contains(
                        "users",
                        "interactions",
                        "interactions.ingestion",
                        "activity.personalisation");
        assertThat(provisioning.provision()).isEmpty();

        assertThat(admin.listTopics()).hasSize(TopicCatalogue.all().size());
        assertThat(admin.listSubscriptions())
                .hasSize(
                        TopicCatalogue.all().stream()
                                .mapToInt(topic -> topic.readers().size())
                                .sum())
                .allMatch(Subscription::getEnableMessageOrdering);
    }

    /** So that a malformed event is refused at publish, with its place. */
    @Test
    void topicsEnforceTheirContracts() {
        provisioning().provision();

        for (Topic<?> topic : TopicCatalogue.all()) {
            String name = "projects/p/topics/" + topic.name();
            assertThat(topics.getTopic(name).getSchemaSettings())
                    .isEqualTo(
                            SchemaSettings.newBuilder()
                                    .setSchema("projects/p/schemas/farandole-" + topic.name())
                                    .setEncoding(Encoding.JSON)
                                    .build());
            assertThatThrownBy(() -> topics.publish(name, List.of(message("{\"nothing\":{}}"))))
                    .hasMessageContaining("Message failed schema validation")
                    .hasMessageContaining("$.nothing");
        }
        assertThat(
                        topics.publish(
                                        "projects/p/topics/interactions",
                                        List.of(
                                                message(
                                                        "{\"rated\":{\"user\":\"42\",\"offer\":\"movie-1\",\"value\":4.0}}")))
                                .getMessageIdsList())
                .hasSize(1);
    }

    @Test
    void givesASchemaToATopicThatIsOlder() {
        topics.createTopic(
                com.google.pubsub.v1.Topic.newBuilder()
                        .setName("projects/p/topics/users")
                        .setMessageRetentionDuration(
                                Duration.newBuilder()
                                        .setSeconds(TopicCatalogue.USERS.retention().toSeconds()))
                        .build());

        assertThat(provisioning().provision()).contains("schema settings of users");

        assertThat(topics.getTopic("projects/p/topics/users").getSchemaSettings().getSchema())
                .isEqualTo("projects/p/schemas/farandole-users");
        assertThat(provisioning().provision()).isEmpty();
    }

    /** Such as the archive, in an installation that is older than it. */
    @Test
    void letsANewReaderHearWhatAnOldTopicRetains() {
        provisioning().provision();
        admin.deleteSubscription("activity.archive");
        topics.publish(
                "projects/p/topics/activity",
                List.of(
                        message("{\"erased\":{\"user\":\"1\"}}"),
                        message("{\"erased\":{\"user\":\"2\"}}")));

        assertThat(provisioning().provision()).containsExactly("activity.archive");

        assertThat(pubSub.subscriptionCounts())
                .filteredOn(counts -> counts.subscription().contains("/activity."))
                .hasSize(TopicCatalogue.ACTIVITY.readers().size())
                .allSatisfy(counts -> assertThat(counts.waiting()).isEqualTo(2));
    }

    /** What is unread is kept all the same: a processor may be away for longer. */
    @Test
    void letsTopicsKeepMessagesForAsLongAsIsSet() {
        provisioning().provision();
        Instant before = Instant.now();

        assertThat(provisioning(new ProvisioningSettings(7)).provision())
                .hasSize(TopicCatalogue.all().size())
                .contains("retention of users");

        assertThat(users().getMessageRetentionDuration().getSeconds()).isEqualTo(7 * 86_400);
        assertThat(users().hasSchemaSettings()).isTrue();
        assertThat(users().getLabelsMap()).isEmpty();
        assertThat(admin.listSubscriptions())
                .allMatch(one -> one.getMessageRetentionDuration().getSeconds() == 31 * 86_400);
        assertThat(provisioning(new ProvisioningSettings(7)).provision()).isEmpty();
        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining("keeps messages for seconds: 604800 instead of 2678400");

        provisioning(new ProvisioningSettings(14)).provision();
        assertThat(users().getMessageRetentionDuration().getSeconds()).isEqualTo(14 * 86_400);
        // Longer once more: that it kept more than it has was never so.
        provisioning(new ProvisioningSettings(20)).provision();
        assertThat(users().getLabelsOrThrow(JournalReach.KEPT_SINCE))
                .as("what was let go of does not come back")
                .satisfies(
                        since ->
                                assertThat(Instant.ofEpochSecond(Long.parseLong(since)))
                                        .isCloseTo(
                                                before.minus(java.time.Duration.ofDays(7)),
                                                within(1, ChronoUnit.MINUTES)));
    }

    private com.google.pubsub.v1.Topic users() {
        return topics.getTopic("projects/p/topics/users");
    }

    @Test
    void refusesARetentionThatInboxesOrTheBrokerDoNotHave() {
        assertThatThrownBy(() -> new ProvisioningSettings(0))
                .hasMessageContaining("retention-days = 0 is not 1 to 31");
        assertThatThrownBy(() -> new ProvisioningSettings(32))
                .hasMessageContaining("retention-days = 32 is not 1 to 31");
    }

    @Test
    void refusesATopicWithAnotherSchema() {
        provisioning().provision();
        topics.updateTopic(
                com.google.pubsub.v1.Topic.newBuilder()
                        .setName("projects/p/topics/users")
                        .setSchemaSettings(
                                SchemaSettings.newBuilder()
                                        .setSchema("projects/p/schemas/farandole-offers")
                                        .setEncoding(Encoding.BINARY))
                        .build(),
                FieldMask.newBuilder().addPaths("schema_settings").build());

        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining("users has the schema: projects/p/schemas/farandole-offers")
                .hasMessageContaining("encoded as: BINARY");
    }

    @Test
    void revisesTheSchemaOfAContractThatHasGrown() {
        former().provision();
        assertThatThrownBy(() -> topics.publish(IMPRESSIONS, List.of(message(SERVED_IN_A_TRIAL))))
                .hasMessageContaining("$.playlistServed.canary");

        assertThat(provisioning().provision()).containsExactly("revision of schema impressions");

        assertThat(
                        topics.publish(
                                        IMPRESSIONS,
                                        List.of(message(SERVED), message(SERVED_IN_A_TRIAL)))
                                .getMessageIdsList())
                .hasSize(2);
        assertThat(provisioning().provision()).isEmpty();
        assertThat(revisions()).isEqualTo(2);
    }

    /** As where instances are replaced one by one, and one of the former starts once more. */
    @Test
    void leavesAContractAloneThatIsLaterThanItsOwn() {
        provisioning().provision();

        assertThat(former().provision()).isEmpty();

        assertThat(revisions()).isOne();
        assertThat(
                        topics.publish(IMPRESSIONS, List.of(message(SERVED_IN_A_TRIAL)))
                                .getMessageIdsList())
                .hasSize(1);
    }

    @Test
    void severalThatStartAtOnceEndWithTheSameContract() {
        former().provision();

        List<Future<List<String>>> starts = new ArrayList<>();
        try (ExecutorService several = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                starts.add(several.submit(() -> provisioning().provision()));
            }
        }

        assertThat(starts)
                .extracting(Future::resultNow)
                .allSatisfy(did -> assertThat(did).isSubsetOf("revision of schema impressions"));
        long afterwards = revisions();
        assertThat(afterwards).isBetween(2L, 5L);
        assertThat(provisioning().provision()).isEmpty();
        assertThat(revisions()).isEqualTo(afterwards);
    }

    @Test
    void refusesAContractThatCannotFollowTheRegisteredOne() {
        provisioning("canary = 15", "trial = 15").provision();

        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining(
                        "Impressions.PlaylistServed has \"15 canary string optional\""
                                + " for \"15 trial string optional\"");

        assertThat(revisions()).isOne();
    }

    /** The lock lets a list be added to a kind; Pub/Sub's revisions do not. */
    @Test
    void saysWhatTheBrokerHasAgainstARevision() {
        provisioning("    repeated string context = 14;\n", "").provision();

        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining("schemas/farandole-impressions is behind")
                .hasMessageContaining("context is added, and only optional fields may be");
    }

    @Test
    void refusesATopicThatTakesNoLaterRevision() {
        former().provision();
        topics.updateTopic(
                com.google.pubsub.v1.Topic.newBuilder()
                        .setName(IMPRESSIONS)
                        .setSchemaSettings(
                                SchemaSettings.newBuilder()
                                        .setSchema(SCHEMA)
                                        .setEncoding(Encoding.JSON)
                                        .setLastRevisionId(
                                                schemas.getSchema(SCHEMA).getRevisionId()))
                        .build(),
                FieldMask.newBuilder().addPaths("schema_settings").build());

        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining("impressions takes revisions of its schema up to:");
    }

    private long revisions() {
        return StreamSupport.stream(
                        schemas.listSchemaRevisions(SCHEMA).iterateAll().spliterator(), false)
                .count();
    }

    private static PubsubMessage message(String data) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8(data)).build();
    }

    @Test
    void refusesASubscriptionThatCannotKeepOrder() {
        admin.createTopic("activity");
        admin.createSubscription(
                Subscription.newBuilder()
                        .setName("activity.profile")
                        .setTopic("activity")
                        .setAckDeadlineSeconds(60));

        assertThatThrownBy(() -> provisioning().provision())
                .isInstanceOf(ProvisioningRefused.class)
                .hasMessageContaining("activity.profile has no ordering");
    }
}
