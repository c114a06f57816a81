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
import io.farandole.orchestrator.JournalReach;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisioningIT {

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
        return new Provisioning(
                admin,
                topics,
                subscriptions,
                new RegisteringSchemas(schemas, "p"),
                () -> "p",
                settings);
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
