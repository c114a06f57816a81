package io.farandole.pubsub;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import io.farandole.pubsub.faults.Injection;
import io.farandole.pubsub.faults.Injection.Failure;
import io.farandole.pubsub.faults.Occasion;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lets publishes wait or fail that are to; as long as none is, it does nothing. */
record PublishFaults(Injection injection) {

    /** Takes a request that keeps the rules. */
    void publish(
            PublishRequest request,
            Reply<PublishResponse> reply,
            BiConsumer<PublishRequest, Reply<PublishResponse>> publish) {
        if (injection.isQuiet()) {
            publish.accept(request, reply);
            return;
        }
        Occasion at = Occasion.publish(request.getTopic(), request.getMessages(0).getOrderingKey());
        injection.whenThawed(at, () -> publishOrFail(at, request, reply, publish));
    }

    private void publishOrFail(
            Occasion at,
            PublishRequest request,
            Reply<PublishResponse> reply,
            BiConsumer<PublishRequest, Reply<PublishResponse>> publish) {
        Optional<Failure> failure = injection.failsPublish(at);
        if (failure.isEmpty()) {
            publish.accept(request, reply);
        } else if (failure.get().afterwards()) {
            publish.accept(request, new Reply<>(failing(reply, failure.get().status())));
        } else {
            reply.refused(failure.get().status());
        }
    }

    /** The answer that it was done never arrives. */
    private static StreamObserver<PublishResponse> failing(
            Reply<PublishResponse> reply, Status status) {
        return new StreamObserver<>() {
            @Override
            public void onNext(PublishResponse published) {}

            @Override
            public void onError(Throwable refused) {
                reply.observer().onError(refused);
            }

            @Override
            public void onCompleted() {
                reply.refused(status);
            }
        };
    }
}
