package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One streaming pull call: the first request opens it, later ones bring acknowledgements, deadlines
 * and pings.
 */
final class StreamingPullCall implements StreamObserver<StreamingPullRequest> {

    private final Broker broker;
    private final ServerCallStreamObserver<Handout> responses;
    private volatile @Nullable Open open;
    private boolean refused;

    /** The stream once it is open, and whether its client expects an answer to a ping. */
    private record Open(LiveSubscription subscription, PullStream stream, boolean pongs) {}

    StreamingPullCall(Broker broker, ServerCallStreamObserver<Handout> responses) {
        this.broker = broker;
        this.responses = responses;
        responses.setOnCancelHandler(this::leave);
        responses.setOnReadyHandler(this::ready);
    }

    @Override
    public void onNext(StreamingPullRequest request) {
        Open now = open;
        if (refused) {
            return;
        }
        Optional<Status> refusal = now == null ? first(request) : later(request, now);
        if (refusal.isPresent()) {
            refused = true;
            leave();
            if (now == null) {
                responses.onError(refusal.get().asException());
            } else {
                now.stream().end(refusal.get());
            }
        }
    }

    private Optional<Status> first(StreamingPullRequest request) {
        String name = request.getSubscription();
        Optional<Status> refusal =
                ResourceName.SUBSCRIPTION
                        .refuse(name)
                        .or(
                                () ->
                                        DefinitionRules.refuseAckDeadline(
                                                "stream_ack_deadline_seconds",
                                                request.getStreamAckDeadlineSeconds()));
        Optional<LiveSubscription> subscription = broker.subscription(name);
        if (refusal.isPresent() || subscription.isEmpty()) {
            return refusal.or(() -> Optional.of(ResourceName.SUBSCRIPTION.missing(name)));
        }
        PullStream stream = new PullStream(request, responses);
        Open opened = new Open(subscription.get(), stream, request.getProtocolVersion() >= 1);
        Optional<Status> bad = wrong(request);
        if (bad.isEmpty()) {
            open = opened;
            opened.subscription().open(stream);
            take(request, opened);
        }
        return bad;
    }

    private Optional<Status> later(StreamingPullRequest request, Open now) {
        if (!request.getSubscription().isEmpty()
                || request.getMaxOutstandingMessages() != 0
                || request.getMaxOutstandingBytes() != 0
                || request.getProtocolVersion() != 0) {
            return invalid(
                    "subscription, max_outstanding_messages, max_outstanding_bytes and protocol_version belong to"
                            + " the first request of a stream only.");
        }
        int seconds = request.getStreamAckDeadlineSeconds();
        if (seconds != 0) {
            Optional<Status> refusal =
                    DefinitionRules.refuseAckDeadline("stream_ack_deadline_seconds", seconds);
            if (refusal.isPresent()) {
                return refusal;
            }
            now.stream().lease(seconds);
        }
        if (now.pongs()
                && request.getAckIdsCount() == 0
                && request.getModifyDeadlineAckIdsCount() == 0) {
            now.subscription().pong(now.stream());
        }
        Optional<Status> bad = wrong(request);
        if (bad.isEmpty()) {
            take(request, now);
        }
        return bad;
    }

    private static Optional<Status> wrong(StreamingPullRequest request) {
        if (AcknowledgementCalls.hasOthers(request.getAckIdsList())
                || AcknowledgementCalls.hasOthers(request.getModifyDeadlineAckIdsList())) {
            return Optional.of(AcknowledgementCalls.badAckIds());
        }
        List<Integer> seconds = request.getModifyDeadlineSecondsList();
        if (seconds.size() != request.getModifyDeadlineAckIdsCount()
                || seconds.stream()
                        .anyMatch(one -> one < 0 || one > DefinitionRules.MAX_ACK_DEADLINE)) {
            return invalid(
                    "modify_deadline_seconds has to hold 0 to 600 for each of modify_deadline_ack_ids.");
        }
        return Optional.empty();
    }

    private void take(StreamingPullRequest request, Open now) {
        boolean exactlyOnce = now.subscription().definition().getEnableExactlyOnceDelivery();
        if (request.getAckIdsCount() > 0) {
            acknowledge(request.getAckIdsList(), exactlyOnce, now);
        }
        if (request.getModifyDeadlineAckIdsCount() > 0) {
            modify(
                    request.getModifyDeadlineAckIdsList(),
                    request.getModifyDeadlineSecondsList(),
                    exactlyOnce,
                    now);
        }
    }

    private void acknowledge(List<String> ackIds, boolean exactlyOnce, Open now) {
        LiveSubscription subscription = now.subscription();
        if (exactlyOnce) {
            subscription.acknowledge(
                    ackIds,
                    broker.journal(),
                    outcomes -> subscription.send(now.stream(), outcomes.ofAcknowledgements()));
        } else {
            subscription.acknowledge(AckId.parseAll(ackIds), broker.journal());
        }
    }

    private static void modify(
            List<String> ackIds, List<Integer> seconds, boolean exactlyOnce, Open now) {
        LiveSubscription subscription = now.subscription();
        if (exactlyOnce) {
            subscription.send(
                    now.stream(), subscription.modifyLeased(ackIds, seconds).ofDeadlines());
        } else {
            subscription.modify(AckId.parseAll(ackIds), seconds);
        }
    }

    @Override
    public void onError(Throwable broken) {
        leave();
    }

    @Override
    public void onCompleted() {
        Open now = open;
        leave();
        if (!refused && now == null) {
            responses.onCompleted();
        } else if (!refused && now != null) {
            now.stream().end();
        }
    }

    private void ready() {
        Open now = open;
        if (now != null) {
            now.subscription().ready();
        }
    }

    private void leave() {
        Open now = open;
        if (now != null) {
            now.subscription().leave(now.stream());
        }
    }

    private static Optional<Status> invalid(String sentence) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(sentence));
    }
}
