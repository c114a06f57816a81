package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens a stream with one request and tells how the server ends it. */
final class StreamEnd implements StreamObserver<StreamingPullResponse> {

    private final CompletableFuture<Status> end = new CompletableFuture<>();

    static Status of(ManagedChannel channel, StreamingPullRequest first) {
        StreamEnd observer = new StreamEnd();
        SubscriberGrpc.newStub(channel).streamingPull(observer).onNext(first);
        return observer.end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(StreamingPullResponse response) {}

    @Override
    public void onError(Throwable thrown) {
        end.complete(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
