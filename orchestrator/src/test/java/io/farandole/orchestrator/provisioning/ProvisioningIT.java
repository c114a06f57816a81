package io.farandole.orchestrator.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import com.google.pubsub.v1.Subscription;
import io.farandole.events.TopicCatalogue;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
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
        return new Provisioning(admin, topics, new RegisteringSchemas(schemas, "p"), () -> "p");
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
