package io.farandole.pubsub;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The one answer to a call: a value, or a refusal. */
record Reply<T>(StreamObserver<T> observer) {

    /** Has to be made before the service method returns. */
    Reply {
        if (observer instanceof ServerCallStreamObserver<T> call) {
            // a caller that left is no fault: with a handler set, an answer to it goes nowhere
            call.setOnCancelHandler(() -> {});
        }
    }

    void done(T value) {
        observer.onNext(value);
        observer.onCompleted();
    }

    void failed(StatusRuntimeException failure) {
        observer.onError(failure);
    }

    void refused(Status refusal) {
        refused(refusal.asException());
    }

    /** A refusal with details for programs to read. */
    void refused(StatusException refusal) {
        observer.onError(refusal);
    }
}
