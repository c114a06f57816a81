package io.farandole.pubsub;

import com.google.protobuf.Empty;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import org.jspecify.annotations.Nullable;

/** Answers methods of services that are not there, such as IAM's, with a sentence. */
final class UnknownMethods extends HandlerRegistry {

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
        MethodDescriptor<Empty, Empty> method =
                MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodType.UNKNOWN)
                        .setFullMethodName(name)
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .build();
        return ServerMethodDefinition.create(method, UnknownMethods::refuse);
    }

    private static ServerCall.Listener<Empty> refuse(
            ServerCall<Empty, Empty> call, Metadata headers) {
        call.close(
                Status.UNIMPLEMENTED.withDescription(
                        "pubsub-embedded does not do "
                                + call.getMethodDescriptor().getFullMethodName()
                                + ". Do without it, or use Google's Pub/Sub."),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
