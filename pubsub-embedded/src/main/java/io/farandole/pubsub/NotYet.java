package io.farandole.pubsub;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Says in a sentence that a method is not there, where the generated code only says its name. */
enum NotYet implements ServerInterceptor {
    INSTANCE;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        super.close(said(status), trailers);
                    }

                    private Status said(Status status) {
                        String said = String.valueOf(status.getDescription());
                        return status.getCode() == Status.Code.UNIMPLEMENTED
                                        && said.startsWith("Method ")
                                ? Status.UNIMPLEMENTED.withDescription(
                                        "pubsub-embedded does not do "
                                                + call.getMethodDescriptor().getFullMethodName()
                                                + " yet. Do without it, or use Google's Pub/Sub.")
                                : status;
                    }
                },
                headers);
    }
}
