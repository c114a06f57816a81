package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSnapshotsRequest;
import com.google.pubsub.v1.ListTopicSnapshotsResponse;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc.PublisherImplBase;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.farandole.pubsub.schema.TopicSchema;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** google.pubsub.v1.Publisher: topics, and what is said on them. */
final class PublisherService extends PublisherImplBase {

    private static final Set<String> CHANGEABLE =
            Set.of(
                    "ingestion_data_source_settings",
                    "kms_key_name",
                    "labels",
                    "message_retention_duration",
                    "message_storage_policy",
                    "message_transforms",
                    "schema_settings");

    private final Broker broker;
    private final PublishFaults faults;
    private final TopicSchema topicSchema;

    PublisherService(Broker broker) {
        this.broker = broker;
        this.faults = new PublishFaults(broker.injection());
        this.topicSchema = new TopicSchema(broker.schemas());
    }

    @Override
    public void createTopic(Topic request, StreamObserver<Topic> responses) {
        Reply<Topic> reply = new Reply<>(responses);
        Topic topic = DefinitionRules.withDefaults(request);
        DefinitionRules.refuse(topic)
                .or(() -> refuseSchema(topic, Topic.getDefaultInstance()))
                .ifPresentOrElse(reply::refused, () -> broker.create(topic, reply));
    }

    @Override
    public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> responses) {
        findInTurn(
                request.getTopic().getName(),
                new Reply<>(responses),
                (live, reply) -> {
                    Change<Topic> change =
                            Change.of(
                                    live.definition(),
                                    request.getTopic(),
                                    request.getUpdateMask(),
                                    CHANGEABLE);
                    switch (change) {
                        case Change.Refused<Topic>(var status) -> reply.refused(status);
                        case Change.Changed<Topic>(var topic) ->
                                DefinitionRules.refuse(topic)
                                        .or(() -> refuseSchema(topic, live.definition()))
                                        .ifPresentOrElse(
                                                reply::refused, () -> broker.change(topic, reply));
                    }
                });
    }

    @Override
    public void getTopic(GetTopicRequest request, StreamObserver<Topic> responses) {
        Reply<Topic> reply = new Reply<>(responses);
        find(request.getTopic(), reply, live -> reply.done(live.definition()));
    }

    @Override
    public void listTopics(
            ListTopicsRequest request, StreamObserver<ListTopicsResponse> responses) {
        Reply<ListTopicsResponse> reply = new Reply<>(responses);
        new PageRequest(request.getPageSize(), request.getPageToken())
                .answerIn(
                        request.getProject(),
                        broker.topics().stream().map(LiveTopic::definition),
                        Topic::getName,
                        reply,
                        page ->
                                ListTopicsResponse.newBuilder()
                                        .addAllTopics(page.items())
                                        .setNextPageToken(page.nextToken())
                                        .build());
    }

    @Override
    public void listTopicSubscriptions(
            ListTopicSubscriptionsRequest request,
            StreamObserver<ListTopicSubscriptionsResponse> responses) {
        Reply<ListTopicSubscriptionsResponse> reply = new Reply<>(responses);
        find(
                request.getTopic(),
                reply,
                live ->
                        new PageRequest(request.getPageSize(), request.getPageToken())
                                .answer(
                                        live.subscriptions().stream().map(LiveSubscription::name),
                                        Function.identity(),
                                        reply,
                                        page ->
                                                ListTopicSubscriptionsResponse.newBuilder()
                                                        .addAllSubscriptions(page.items())
                                                        .setNextPageToken(page.nextToken())
                                                        .build()));
    }

    @Override
    public void listTopicSnapshots(
            ListTopicSnapshotsRequest request,
            StreamObserver<ListTopicSnapshotsResponse> responses) {
        Reply<ListTopicSnapshotsResponse> reply = new Reply<>(responses);
        find(
                request.getTopic(),
                reply,
                live ->
                        new PageRequest(request.getPageSize(), request.getPageToken())
                                .answer(
                                        live.snapshots().stream()
                                                .map(snapshot -> snapshot.definition().getName()),
                                        Function.identity(),
                                        reply,
                                        page ->
                                                ListTopicSnapshotsResponse.newBuilder()
                                                        .addAllSnapshots(page.items())
                                                        .setNextPageToken(page.nextToken())
                                                        .build()));
    }

    @Override
    public void detachSubscription(
            DetachSubscriptionRequest request,
            StreamObserver<DetachSubscriptionResponse> responses) {
        String name = request.getSubscription();
        broker.turns()
                .take(
                        name,
                        new Reply<>(responses),
                        reply ->
                                ResourceName.SUBSCRIPTION.find(
                                        name,
                                        broker::subscription,
                                        reply,
                                        live -> broker.detach(live, reply)));
    }

    @Override
    public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> responses) {
        String name = request.getTopic();
        findInTurn(
                name,
                new Reply<Empty>(responses),
                (_, reply) -> broker.delete(Kind.TOPIC, name, reply));
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> responses) {
        Reply<PublishResponse> reply = new Reply<>(responses);
        find(
                request.getTopic(),
                reply,
                live ->
                        PublishRules.refuse(request)
                                .ifPresentOrElse(
                                        reply::refused, () -> publish(live, request, reply)));
    }

    private void publish(LiveTopic live, PublishRequest request, Reply<PublishResponse> reply) {
        Topic topic = live.definition();
        if (!topic.hasSchemaSettings()) {
            faults.publish(request, reply, broker::publish);
            return;
        }
        PublishRequest checked;
        try {
            checked = topicSchema.apply(topic.getSchemaSettings(), request);
        } catch (StatusException e) {
            reply.refused(e);
            return;
        }
        faults.publish(checked, reply, broker::publish);
    }

    /** What was taken once stays, also when its schema was deleted since. */
    private Optional<Status> refuseSchema(Topic topic, Topic before) {
        return topic.hasSchemaSettings()
                        && !topic.getSchemaSettings().equals(before.getSchemaSettings())
                ? topicSchema.refuse(topic.getSchemaSettings())
                : Optional.empty();
    }

    /** What is found stays as it is until the reply is given. */
    private <T> void findInTurn(
            String name, Reply<T> reply, BiConsumer<LiveTopic, Reply<T>> action) {
        broker.turns()
                .take(
                        name,
                        reply,
                        inTurn -> find(name, inTurn, live -> action.accept(live, inTurn)));
    }

    private void find(String name, Reply<?> reply, Consumer<LiveTopic> action) {
        ResourceName.TOPIC.find(name, broker::topic, reply, action);
    }
}
