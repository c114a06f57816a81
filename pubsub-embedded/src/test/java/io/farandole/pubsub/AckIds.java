package io.farandole.pubsub;

import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Watches which acknowledgement ids a client is given, which it tells nobody. */
final class AckIds implements ClientInterceptor {

    private final Map<String, String> newest = new ConcurrentHashMap<>();

    String of(String messageId) {
        return newest.getOrDefault(messageId, "");
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(A message) {
                                if (message instanceof StreamingPullResponse response) {
                                    response.getReceivedMessagesList()
                                            .forEach(
                                                    one ->
                                                            newest.put(
                                                                    one.getMessage().getMessageId(),
                                                                    one.getAckId()));
                                }
                                super.onMessage(message);
                            }
                        },
                        headers);
            }
        };
    }
}
