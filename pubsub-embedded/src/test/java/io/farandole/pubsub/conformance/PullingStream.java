package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A streaming pull, and what came over it. */
final class PullingStream
        implements ClientResponseObserver<StreamingPullRequest, StreamingPullResponse> {

    private final World world;
    private final List<StreamingPullResponse> responses = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<StreamingPullRequest> requests;

    PullingStream(World world) {
        this.world = world;
        var _ = SubscriberGrpc.newStub(world.subject().channel()).streamingPull(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamingPullRequest> toServer) {
        requests = toServer;
    }

    @Override
    public void onNext(StreamingPullResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable thrown) {
        end.complete(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    void send(UnaryOperator<StreamingPullRequest.Builder> request) {
        requests().onNext(request.apply(StreamingPullRequest.newBuilder()).build());
    }

    void ack(List<ReceivedMessage> received) {
        send(request -> request.addAllAckIds(List.of(World.ackIds(received))));
    }

    void deadline(int seconds, ReceivedMessage received) {
        send(
                request ->
                        request.addModifyDeadlineAckIds(received.getAckId())
                                .addModifyDeadlineSeconds(seconds));
    }

    List<StreamingPullResponse> responses() {
        return responses;
    }

    List<ReceivedMessage> soFar() {
        return responses.stream()
                .flatMap(response -> response.getReceivedMessagesList().stream())
                .toList();
    }

    /** Waits until that many have come, from the beginning on; it is an error when more do. */
    List<ReceivedMessage> received(int count) {
        world.eventually(() -> assertThat(soFar()).hasSizeGreaterThanOrEqualTo(count));
        assertThat(World.texts(soFar())).hasSize(count);
        return soFar();
    }

    /** Waits until exactly those texts have come, in that order. */
    List<ReceivedMessage> receives(String... texts) {
        List<ReceivedMessage> received = received(texts.length);
        assertThat(World.texts(received)).containsExactly(texts);
        return received;
    }

    /** No more than that many come. */
    void staysAt(int count) {
        var _ = received(count);
        world.settle();
        assertThat(World.texts(soFar())).hasSize(count);
    }

    /** How the server ends the stream. */
    Status end() throws Exception {
        try {
            return end.get(world.subject().patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the server does not end the stream", e);
        }
    }

    void endsWith(Status.Code code) throws Exception {
        Status status = end();
        assertThat(status.getCode()).as("the end %s", status).isEqualTo(code);
    }

    boolean isOpen() {
        return !end.isDone();
    }

    void finish() {
        requests().onCompleted();
    }

    void cancel() {
        if (isOpen()) {
            requests().cancel("the case is over", null);
        }
    }

    private ClientCallStreamObserver<StreamingPullRequest> requests() {
        if (requests == null) {
            throw new IllegalStateException("the stream was not started");
        }
        return requests;
    }
}
