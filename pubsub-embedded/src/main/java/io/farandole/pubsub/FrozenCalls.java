package io.farandole.pubsub;

import io.farandole.pubsub.faults.Injection;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Leaves all calls where they are while the server is frozen. */
record FrozenCalls(Injection injection) implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                whenThawed(() -> super.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                whenThawed(super::onHalfClose);
            }

            @Override
            public void onCancel() {
                whenThawed(super::onCancel);
            }

            @Override
            public void onComplete() {
                whenThawed(super::onComplete);
            }

            @Override
            public void onReady() {
                whenThawed(super::onReady);
            }

            private void whenThawed(Runnable event) {
                if (injection.isQuiet()) {
                    event.run();
                } else {
                    // an event has the context of its call, whichever thread it gets on with
                    injection.whenThawed(Context.current().wrap(event));
                }
            }
        };
    }
}
