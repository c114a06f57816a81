package io.farandole.pubsub;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Cuts long descriptions of refusals, which quote what they refuse: they travel in a header, and
 * with more than 8 KB of headers a client sees a broken stream instead of the status.
 */
enum ShortDescriptions implements ServerInterceptor {
    INSTANCE;

    /** A character takes at most nine bytes there. */
    private static final int MAX_CHARACTERS = 600;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        super.close(cut(status), trailers);
                    }
                },
                headers);
    }

    /** Both ends stay: what is quoted is in the middle. */
    private static Status cut(Status status) {
        String said = status.getDescription();
        if (said == null || said.length() <= MAX_CHARACTERS) {
            return status;
        }
        return status.withDescription(
                said.substring(0, MAX_CHARACTERS / 3)
                        + " [...] "
                        + said.substring(said.length() - MAX_CHARACTERS * 2 / 3));
    }
}
