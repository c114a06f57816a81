package io.farandole.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListSnapshotsResponse;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberImplBase;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.farandole.pubsub.journal.JournalRecord.Kind;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** google.pubsub.v1.Subscriber: subscriptions, and what they hand out. */
final class SubscriberService extends SubscriberImplBase {

    private static final Set<String> CHANGEABLE =
            Set.of(
                    "ack_deadline_seconds",
                    "bigquery_config",
                    "bigtable_config",
                    "cloud_storage_config",
                    "dead_letter_policy",
                    "enable_exactly_once_delivery",
                    "expiration_policy",
                    "labels",
                    "message_retention_duration",
                    "message_transforms",
                    "push_config",
                    "retain_acked_messages",
                    "retry_policy");
    private static final long LONGEST_PULL_MILLIS = 10_000;

    private final Broker broker;
    private final SnapshotCalls snapshots;
    private final AcknowledgementCalls acknowledgements;

    SubscriberService(Broker broker) {
        this.broker = broker;
        this.snapshots = new SnapshotCalls(broker, broker.calendar());
        this.acknowledgements = new AcknowledgementCalls(broker);
    }

    /** The generated definition, but messages go out as the bytes that they are kept as. */
    ServerServiceDefinition definition() {
        MethodDescriptor<StreamingPullRequest, Handout> stream =
                SubscriberGrpc.getStreamingPullMethod().toBuilder(
                                SubscriberGrpc.getStreamingPullMethod().getRequestMarshaller(),
                                Handout.OnTheWire.INSTANCE)
                        .build();
        MethodDescriptor<PullRequest, Handout> pull =
                SubscriberGrpc.getPullMethod().toBuilder(
                                SubscriberGrpc.getPullMethod().getRequestMarshaller(),
                                Handout.OnTheWire.INSTANCE)
                        .build();
        ServerServiceDefinition.Builder definition =
                ServerServiceDefinition.builder(SubscriberGrpc.SERVICE_NAME)
                        .addMethod(stream, ServerCalls.asyncBidiStreamingCall(this::openStream))
                        .addMethod(pull, ServerCalls.asyncUnaryCall(this::pullOnce));
        Set<String> replaced = Set.of(stream.getFullMethodName(), pull.getFullMethodName());
        for (ServerMethodDefinition<?, ?> method : bindService().getMethods()) {
            if (!replaced.contains(method.getMethodDescriptor().getFullMethodName())) {
                definition.addMethod(method);
            }
        }
        return definition.build();
    }

    @Override
    public void createSubscription(Subscription request, StreamObserver<Subscription> responses) {
        Reply<Subscription> reply = new Reply<>(responses);
        Subscription subscription = DefinitionRules.withDefaults(named(request));
        Optional<Status> refusal =
                DefinitionRules.refuse(subscription)
                        .or(
                                () ->
                                        request.getDetached()
                                                ? Optional.of(createdDetached())
                                                : Optional.empty())
                        .or(() -> ResourceName.TOPIC.refuse(subscription.getTopic()))
                        .or(
                                () ->
                                        broker.topic(subscription.getTopic()).isPresent()
                                                ? Optional.empty()
                                                : Optional.of(
                                                        ResourceName.TOPIC.missing(
                                                                subscription.getTopic())))
                        .or(() -> broker.deadLetters().refuseMissingTopic(subscription));
        refusal.ifPresentOrElse(reply::refused, () -> broker.create(subscription, reply));
    }

    /** As documented, one without a name is given one; a bad topic is refused with it. */
    private static Subscription named(Subscription asked) {
        return asked.getName().isEmpty() && ResourceName.TOPIC.refuse(asked.getTopic()).isEmpty()
                ? asked.toBuilder()
                        .setName(ResourceName.SUBSCRIPTION.randomBeside(asked.getTopic()))
                        .build()
                : asked;
    }

    @Override
    public void getSubscription(
            GetSubscriptionRequest request, StreamObserver<Subscription> responses) {
        Reply<Subscription> reply = new Reply<>(responses);
        find(request.getSubscription(), reply, live -> reply.done(live.definition()));
    }

    @Override
    public void listSubscriptions(
            ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> responses) {
        Reply<ListSubscriptionsResponse> reply = new Reply<>(responses);
        new PageRequest(request.getPageSize(), request.getPageToken())
                .answerIn(
                        request.getProject(),
                        broker.subscriptions().stream().map(LiveSubscription::definition),
                        Subscription::getName,
                        reply,
                        page ->
                                ListSubscriptionsResponse.newBuilder()
                                        .addAllSubscriptions(page.items())
                                        .setNextPageToken(page.nextToken())
                                        .build());
    }

    @Override
    public void updateSubscription(
            UpdateSubscriptionRequest request, StreamObserver<Subscription> responses) {
        findInTurn(
                request.getSubscription().getName(),
                new Reply<>(responses),
                (live, reply) -> {
                    Change<Subscription> change =
                            Change.of(
                                    live.definition(),
                                    request.getSubscription(),
                                    request.getUpdateMask(),
                                    CHANGEABLE);
                    switch (change) {
                        case Change.Refused<Subscription>(var status) -> reply.refused(status);
                        case Change.Changed<Subscription>(var definition) ->
                                change(definition, reply, Function.identity());
                    }
                });
    }

    @Override
    public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> responses) {
        findInTurn(
                request.getSubscription(),
                new Reply<Empty>(responses),
                (live, reply) -> {
                    Subscription.Builder changed = live.definition().toBuilder();
                    changed.setPushConfig(request.getPushConfig());
                    change(changed.build(), reply, _ -> Empty.getDefaultInstance());
                });
    }

    private <T> void change(
            Subscription definition, Reply<T> reply, Function<Subscription, T> answer) {
        Subscription changed = DefinitionRules.withDefaults(definition);
        DefinitionRules.refuse(changed)
                .or(() -> broker.deadLetters().refuseMissingTopic(changed))
                .ifPresentOrElse(reply::refused, () -> broker.change(changed, reply, answer));
    }

    @Override
    public void deleteSubscription(
            DeleteSubscriptionRequest request, StreamObserver<Empty> responses) {
        findInTurn(
                request.getSubscription(),
                new Reply<Empty>(responses),
                (live, reply) -> broker.delete(Kind.SUBSCRIPTION, live.name(), reply));
    }

    @Override
    public void createSnapshot(CreateSnapshotRequest request, StreamObserver<Snapshot> responses) {
        findInTurn(
                request.getSubscription(),
                new Reply<Snapshot>(responses),
                (live, reply) -> snapshots.create(request, live, reply));
    }

    @Override
    public void getSnapshot(GetSnapshotRequest request, StreamObserver<Snapshot> responses) {
        snapshots.get(request, new Reply<>(responses));
    }

    @Override
    public void listSnapshots(
            ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> responses) {
        snapshots.list(request, new Reply<>(responses));
    }

    @Override
    public void updateSnapshot(UpdateSnapshotRequest request, StreamObserver<Snapshot> responses) {
        snapshots.update(request, new Reply<>(responses));
    }

    @Override
    public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<Empty> responses) {
        snapshots.delete(request, new Reply<>(responses));
    }

    @Override
    public void seek(SeekRequest request, StreamObserver<SeekResponse> responses) {
        Reply<SeekResponse> reply = new Reply<>(responses);
        find(request.getSubscription(), reply, live -> snapshots.seek(request, live, reply));
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> responses) {
        Reply<Empty> reply = new Reply<>(responses);
        find(
                request.getSubscription(),
                reply,
                live -> acknowledgements.acknowledge(request, live, reply));
    }

    @Override
    public void modifyAckDeadline(
            ModifyAckDeadlineRequest request, StreamObserver<Empty> responses) {
        Reply<Empty> reply = new Reply<>(responses);
        find(
                request.getSubscription(),
                reply,
                live -> acknowledgements.modifyDeadlines(request, live, reply));
    }

    private void pullOnce(PullRequest request, StreamObserver<Handout> responses) {
        ServerCallStreamObserver<Handout> response = (ServerCallStreamObserver<Handout>) responses;
        Reply<Handout> reply = new Reply<>(response);
        find(
                request.getSubscription(),
                reply,
                live -> {
                    if (request.getMaxMessages() <= 0) {
                        reply.refused(
                                Status.INVALID_ARGUMENT.withDescription(
                                        "max_messages is "
                                                + request.getMaxMessages()
                                                + ", and has to be 1 at least."));
                        return;
                    }
                    PullCall call =
                            new PullCall(
                                    Math.min(request.getMaxMessages(), PublishRules.MAX_MESSAGES),
                                    response);
                    response.setOnCancelHandler(() -> live.giveUp(call));
                    live.pull(call, returnsImmediately(request) ? 0 : pullMillis());
                });
    }

    @SuppressWarnings("deprecation") // discouraged, and still what spring-cloud-gcp and others send
    private static boolean returnsImmediately(PullRequest request) {
        return request.getReturnImmediately();
    }

    /** As long as is usual, and so that an empty answer comes before the caller's deadline. */
    private static long pullMillis() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? LONGEST_PULL_MILLIS
                : Math.min(
                        LONGEST_PULL_MILLIS, deadline.timeRemaining(TimeUnit.MILLISECONDS) * 4 / 5);
    }

    private StreamObserver<StreamingPullRequest> openStream(StreamObserver<Handout> responses) {
        return new StreamingPullCall(broker, (ServerCallStreamObserver<Handout>) responses);
    }

    private static Status createdDetached() {
        return Status.INVALID_ARGUMENT.withDescription(
                "A subscription cannot be created detached; DetachSubscription detaches it.");
    }

    /** What is found stays as it is until the reply is given. */
    private <T> void findInTurn(
            String name, Reply<T> reply, BiConsumer<LiveSubscription, Reply<T>> action) {
        broker.turns()
                .take(
                        name,
                        reply,
                        inTurn -> find(name, inTurn, live -> action.accept(live, inTurn)));
    }

    private void find(String name, Reply<?> reply, Consumer<LiveSubscription> action) {
        ResourceName.SUBSCRIPTION.find(name, broker::subscription, reply, action);
    }
}
