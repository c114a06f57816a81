package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open streaming pull, seen from the subscription: what it may be sent, and on which lease. */
final class PullStream {

    private final ServerCallStreamObserver<Handout> responses;
    private final Receiver receiver;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long leaseMillis;

    PullStream(StreamingPullRequest first, ServerCallStreamObserver<Handout> responses) {
        this.responses = responses;
        this.receiver =
                new Receiver(first.getMaxOutstandingMessages(), first.getMaxOutstandingBytes());
        lease(first.getStreamAckDeadlineSeconds());
    }

    /** What clients are told of a subscription, as the rest of a response. */
    static byte[] properties(Subscription subscription) {
        return StreamingPullResponse.newBuilder()
                .setSubscriptionProperties(
                        SubscriptionProperties.newBuilder()
                                .setMessageOrderingEnabled(subscription.getEnableMessageOrdering())
                                .setExactlyOnceDeliveryEnabled(
                                        subscription.getEnableExactlyOnceDelivery()))
                .build()
                .toByteArray();
    }

    void lease(int seconds) {
        leaseMillis = seconds * 1000L;
    }

    long leaseMillis() {
        return leaseMillis;
    }

    Receiver receiver() {
        return receiver;
    }

    boolean isReady() {
        return receiver.hasRoom() && responses.isReady() && !responses.isCancelled();
    }

    void send(Handout handout) {
        responses.onNext(handout);
    }

    /** The client is done; a stream that the server ended before is over. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            responses.onCompleted();
        }
    }

    void end(Status status) {
        if (ended.compareAndSet(false, true)) {
            responses.onError(status.asException());
        }
    }
}
