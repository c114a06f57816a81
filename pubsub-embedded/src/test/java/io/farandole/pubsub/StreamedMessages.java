package io.farandole.pubsub;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A bare streaming pull that keeps what it gets, and acknowledges only what it is told to. */
final class StreamedMessages implements StreamObserver<StreamingPullResponse>, AutoCloseable {

    private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<StreamingPullRequest> requests;
    private volatile boolean open;

    private StreamedMessages(ManagedChannel channel) {
        requests = SubscriberGrpc.newStub(channel).streamingPull(this);
    }

    static StreamedMessages of(ManagedChannel channel, String subscription, int leaseSeconds) {
        StreamedMessages stream = new StreamedMessages(channel);
        stream.requests.onNext(
                StreamingPullRequest.newBuilder()
                        .setSubscription(subscription)
                        .setStreamAckDeadlineSeconds(leaseSeconds)
                        .build());
        return stream;
    }

    boolean isOpen() {
        return open;
    }

    List<ReceivedMessage> received() {
        return received;
    }

    void acknowledge(String ackId) {
        requests.onNext(StreamingPullRequest.newBuilder().addAckIds(ackId).build());
    }

    Status end() {
        return end.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(StreamingPullResponse response) {
        open = true;
        received.addAll(response.getReceivedMessagesList());
    }

    @Override
    public void onError(Throwable thrown) {
        end.complete(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    @Override
    public void close() {
        requests.onCompleted();
    }
}
