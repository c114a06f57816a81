package io.farandole.pubsub.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The life of a topic in well-formed requests, all of which have to succeed whatever goes on. */
final class GoodRequests implements AutoCloseable {

    private static final String PROJECT = "projects/well-formed";

    private final ManagedChannel channel;
    private int lives;

    GoodRequests(String endpoint) {
        channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    }

    void succeed() {
        lives++;
        String topic = PROJECT + "/topics/topic-" + lives;
        String subscription = PROJECT + "/subscriptions/subscription-" + lives;
        create(topic, subscription);
        receive(topic, subscription);
        delete(topic, subscription);
    }

    /** Puts back what odd requests deleted, so that others find something to be odd about. */
    void furnish() {
        for (int number = 0; number < OddStrings.NAMES; number++) {
            boolean ordered = number % 2 == 0;
            furnishSchema(number);
            String topic = OddStrings.PROJECT + "/topics/topic-" + number;
            String subscription = OddStrings.PROJECT + "/subscriptions/subscription-" + number;
            unlessItExists(
                    () -> publisher().createTopic(Topic.newBuilder().setName(topic).build()));
            unlessItExists(
                    () ->
                            subscriber()
                                    .createSubscription(
                                            Subscription.newBuilder()
                                                    .setName(subscription)
                                                    .setTopic(topic)
                                                    .setEnableMessageOrdering(ordered)
                                                    .build()));
        }
    }

    private void furnishSchema(int number) {
        unlessItExists(
                () ->
                        SchemaServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(10, TimeUnit.SECONDS)
                                .createSchema(
                                        CreateSchemaRequest.newBuilder()
                                                .setParent(OddStrings.PROJECT)
                                                .setSchemaId("schema-" + number)
                                                .setSchema(
                                                        Schema.newBuilder()
                                                                .setType(Schema.Type.AVRO)
                                                                .setDefinition(OddStrings.AVRO))
                                                .build()));
    }

    private static void unlessItExists(Supplier<?> creation) {
        try {
            var _ = creation.get();
        } catch (StatusRuntimeException e) {
            // an odd request may delete the topic before it has its subscription
            assertThat(e.getStatus().getCode())
                    .isIn(Status.Code.ALREADY_EXISTS, Status.Code.NOT_FOUND);
        }
    }

    private void create(String topic, String subscription) {
        Topic created = publisher().createTopic(Topic.newBuilder().setName(topic).build());
        Subscription subscribed =
                subscriber()
                        .createSubscription(
                                Subscription.newBuilder()
                                        .setName(subscription)
                                        .setTopic(topic)
                                        .build());
        FieldMask labels = FieldMask.newBuilder().addPaths("labels").build();
        assertThat(
                        publisher()
                                .updateTopic(
                                        UpdateTopicRequest.newBuilder()
                                                .setTopic(
                                                        created.toBuilder().putLabels("life", "1"))
                                                .setUpdateMask(labels)
                                                .build()))
                .isEqualTo(
                        publisher().getTopic(GetTopicRequest.newBuilder().setTopic(topic).build()));
        assertThat(
                        subscriber()
                                .updateSubscription(
                                        UpdateSubscriptionRequest.newBuilder()
                                                .setSubscription(
                                                        subscribed.toBuilder()
                                                                .putLabels("life", "1"))
                                                .setUpdateMask(labels)
                                                .build()))
                .isEqualTo(
                        subscriber()
                                .getSubscription(
                                        GetSubscriptionRequest.newBuilder()
                                                .setSubscription(subscription)
                                                .build()));
        assertThat(
                        publisher()
                                .listTopics(
                                        ListTopicsRequest.newBuilder().setProject(PROJECT).build())
                                .getTopicsList())
                .extracting(Topic::getName)
                .containsExactly(topic);
        assertThat(
                        publisher()
                                .listTopicSubscriptions(
                                        ListTopicSubscriptionsRequest.newBuilder()
                                                .setTopic(topic)
                                                .build())
                                .getSubscriptionsList())
                .containsExactly(subscription);
        assertThat(
                        subscriber()
                                .listSubscriptions(
                                        ListSubscriptionsRequest.newBuilder()
                                                .setProject(PROJECT)
                                                .build())
                                .getSubscriptionsList())
                .hasSize(1);
    }

    private void receive(String topic, String subscription) {
        List<String> ids =
                publisher()
                        .publish(
                                PublishRequest.newBuilder()
                                        .setTopic(topic)
                                        .addMessages(
                                                PubsubMessage.newBuilder()
                                                        .setData(ByteString.copyFromUtf8("m")))
                                        .addMessages(
                                                PubsubMessage.newBuilder().putAttributes("a", ""))
                                        .build())
                        .getMessageIdsList();
        List<ReceivedMessage> received =
                subscriber()
                        .pull(
                                PullRequest.newBuilder()
                                        .setSubscription(subscription)
                                        .setMaxMessages(10)
                                        .build())
                        .getReceivedMessagesList();
        assertThat(received)
                .extracting(one -> one.getMessage().getMessageId())
                .containsExactlyElementsOf(ids);
        List<String> ackIds = received.stream().map(ReceivedMessage::getAckId).toList();
        var _ =
                subscriber()
                        .modifyAckDeadline(
                                ModifyAckDeadlineRequest.newBuilder()
                                        .setSubscription(subscription)
                                        .setAckDeadlineSeconds(600)
                                        .addAllAckIds(ackIds)
                                        .build());
        var _ =
                subscriber()
                        .acknowledge(
                                AcknowledgeRequest.newBuilder()
                                        .setSubscription(subscription)
                                        .addAllAckIds(ackIds)
                                        .build());
    }

    private void delete(String topic, String subscription) {
        var _ =
                subscriber()
                        .deleteSubscription(
                                DeleteSubscriptionRequest.newBuilder()
                                        .setSubscription(subscription)
                                        .build());
        var _ = publisher().deleteTopic(DeleteTopicRequest.newBuilder().setTopic(topic).build());
    }

    private PublisherGrpc.PublisherBlockingStub publisher() {
        return PublisherGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private SubscriberGrpc.SubscriberBlockingStub subscriber() {
        return SubscriberGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
