package io.farandole.pubsub;

import io.grpc.stub.ServerCallStreamObserver;

/**
 * A single pull that waits for its messages. What it got is its own until acknowledged, and it
 * never comes back for more.
 */
record PullCall(int maxMessages, Receiver receiver, ServerCallStreamObserver<Handout> response) {

    PullCall(int maxMessages, ServerCallStreamObserver<Handout> response) {
        this(maxMessages, new Receiver(0, 0), response);
    }

    void answer(Handout handout) {
        if (!response.isCancelled()) {
            response.onNext(handout);
            response.onCompleted();
        }
    }
}
