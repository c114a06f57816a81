package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/** An open streaming pull, seen from the subscription: what it may be sent, and on which lease. */
final class PullStream {

    private final ServerCallStreamObserver<Handout> responses;
    private final Receiver receiver;
    private volatile long leaseMillis;

    PullStream(StreamingPullRequest first, ServerCallStreamObserver<Handout> responses) {
        this.responses = responses;
        this.receiver =
                new Receiver(first.getMaxOutstandingMessages(), first.getMaxOutstandingBytes());
        lease(first.getStreamAckDeadlineSeconds());
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

    void end() {
        responses.onCompleted();
    }

    void end(Status status) {
        responses.onError(status.asException());
    }
}
