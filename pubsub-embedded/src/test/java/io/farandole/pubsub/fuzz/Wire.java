package io.farandole.pubsub.fuzz;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends bytes as they are, whatever they say, and tells how the call ended. */
final class Wire implements AutoCloseable {

    private final ManagedChannel channel;

    Wire(String endpoint) {
        channel =
                ManagedChannelBuilder.forTarget(endpoint)
                        .usePlaintext()
                        .maxInboundMessageSize(Integer.MAX_VALUE)
                        .build();
    }

    CompletableFuture<Status> call(
            MethodDescriptor<?, ?> method, List<byte[]> requests, long deadlineMillis) {
        return call(
                method,
                requests,
                CallOptions.DEFAULT.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS));
    }

    /** Sends the requests, ends the sending, and completes when the server ends the call. */
    CompletableFuture<Status> call(
            MethodDescriptor<?, ?> method, List<byte[]> requests, CallOptions options) {
        ClientCall<byte[], byte[]> call =
                channel.newCall(
                        MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
                                .setType(MethodType.BIDI_STREAMING)
                                .setFullMethodName(method.getFullMethodName())
                                .build(),
                        options);
        CompletableFuture<Status> ended = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        call.request(Integer.MAX_VALUE);
        requests.forEach(call::sendMessage);
        call.halfClose();
        return ended;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private enum Bytes implements Marshaller<byte[]> {
        INSTANCE;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
