package io.farandole.pubsub;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers INVALID_ARGUMENT to bytes that are no request of the method, and RESOURCE_EXHAUSTED to
 * more than fit. Left alone, grpc-java takes both for a fault of the service, and says UNKNOWN.
 */
final class ReadableRequests {

    private ReadableRequests() {}

    static ServerServiceDefinition of(ServerServiceDefinition service) {
        ServerServiceDefinition.Builder readable =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        service.getMethods().forEach(method -> readable.addMethod(of(method)));
        return readable.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> of(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        FromTheWire<Q> requests = FromTheWire.of(descriptor.getRequestMarshaller());
        return ServerMethodDefinition.create(
                descriptor.toBuilder(requests, descriptor.getResponseMarshaller()).build(),
                new Guarded<>(method.getServerCallHandler(), requests));
    }

    /**
     * Reads requests. Nothing can be thrown here that would reach the call, so what cannot be read
     * is told by one of two objects, known by their identity.
     */
    private record FromTheWire<Q>(Marshaller<Q> usual, Message empty, Q unreadable, Q tooLarge)
            implements Marshaller<Q> {

        static <Q> FromTheWire<Q> of(Marshaller<Q> usual) {
            if (usual instanceof PrototypeMarshaller<Q> known
                    && known.getMessagePrototype() instanceof Message empty) {
                return new FromTheWire<>(
                        usual, empty, another(usual, empty), another(usual, empty));
            }
            throw new IllegalArgumentException(usual + " does not read protobuf messages");
        }

        /** Only when it is asked for: descriptors are half of what a first start would load. */
        String type() {
            return empty.getDescriptorForType().getFullName();
        }

        @SuppressWarnings({
            "unchecked",
            "unused"
        }) // the builder of a Q builds a Q; the marshaller tells which
        private static <Q> Q another(Marshaller<Q> ofQ, Message empty) {
            return (Q) empty.newBuilderForType().build();
        }

        @Override
        public InputStream stream(Q request) {
            return usual.stream(request);
        }

        @Override
        public Q parse(InputStream bytes) {
            try {
                return usual.parse(bytes);
            } catch (StatusRuntimeException e) {
                return switch (e.getStatus().getCode()) {
                    case INTERNAL -> unreadable;
                    case RESOURCE_EXHAUSTED -> tooLarge;
                    default -> throw e;
                };
            }
        }
    }

    private record Guarded<Q, A>(ServerCallHandler<Q, A> service, FromTheWire<Q> requests)
            implements ServerCallHandler<Q, A> {

        @Override
        public ServerCall.Listener<Q> startCall(ServerCall<Q, A> given, Metadata headers) {
            ServerCall<Q, A> call = new ClosedOnce<>(given);
            return new SimpleForwardingServerCallListener<>(service.startCall(call, headers)) {

                private boolean refused;

                @Override
                @SuppressWarnings("ReferenceEquality") // an empty request may equal the two
                public void onMessage(Q request) {
                    if (refused) {
                        return;
                    }
                    if (request == requests.unreadable()) {
                        refuse(
                                Status.INVALID_ARGUMENT.withDescription(
                                        ("The bytes of the request are no %s: they are cut short or"
                                                        + " damaged, or hold a string that is not UTF-8.")
                                                .formatted(requests.type())));
                    } else if (request == requests.tooLarge()) {
                        refuse(
                                Status.RESOURCE_EXHAUSTED.withDescription(
                                        "The request is larger than this server takes, once"
                                                + " unpacked."));
                    } else {
                        super.onMessage(request);
                    }
                }

                // the service sees a call that its caller left, and lets go of what it holds
                private void refuse(Status status) {
                    refused = true;
                    super.onCancel();
                    call.close(status, new Metadata());
                }

                @Override
                public void onHalfClose() {
                    if (!refused) {
                        super.onHalfClose();
                    }
                }

                @Override
                public void onCancel() {
                    if (!refused) {
                        super.onCancel();
                    }
                }

                @Override
                public void onComplete() {
                    if (!refused) {
                        super.onComplete();
                    }
                }
            };
        }
    }

    /** A stream can be ended from two sides at once; what came first is said. */
    private static final class ClosedOnce<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final AtomicBoolean closed = new AtomicBoolean();

        ClosedOnce(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (closed.compareAndSet(false, true)) {
                super.close(status, trailers);
            }
        }
    }
}
